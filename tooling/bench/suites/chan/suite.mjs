import { costs } from "./costs.mjs";
import { flows } from "./flows.mjs";

export const suite = {
  title: "@conc/chan",
  packages: ["@conc/chan"],
  peers: ["ts-chan", "@thi.ng/csp", "medium", "@nodeguy/channel", "js-csp", "effect"],
  floor:
    "As many tasks as the scenario has, each of which does `await null` once for each of its sends and receives, and nothing else: two " +
    "awaits a message. Each makes a promise, as a call that may have to wait does. Beside it the same, but awaiting one promise that is " +
    "resolved already and that all share.",
  scenarios: [...flows, ...costs],
  profiles: ["spsc 0", "spsc 128", "ping_pong 0", "select_ready"],
};
