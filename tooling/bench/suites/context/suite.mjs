import { ends } from "./ends.mjs";
import { sizes } from "./sizes.mjs";
import { waits } from "./waits.mjs";

export const suite = {
  title: "@conc/context",
  packages: ["@conc/context", "@conc/sync"],
  peers: ["effect"],
  profiles: ["child", "receive_cancelled"],
  scenarios: [...ends, ...waits, ...sizes],
};
