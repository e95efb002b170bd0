import { seam, together } from "./seam.mjs";
import { speed } from "./speed.mjs";
import { time } from "./time.mjs";

export const suite = {
  title: "@conc/testing",
  packages: ["@conc/testing", "@conc/patterns"],
  peers: ["fast-check"],
  overall: [together],
  scenarios: [speed, time, ...seam],
};
