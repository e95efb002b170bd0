import { seam } from "./seam.mjs";
import { speed } from "./speed.mjs";
import { time } from "./time.mjs";

export const suite = {
  title: "@conc/testing",
  packages: ["@conc/testing", "@conc/patterns"],
  peers: ["fast-check"],
  scenarios: [speed, time, ...seam],
};
