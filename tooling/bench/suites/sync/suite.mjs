import { costs } from "./costs.mjs";
import { held } from "./locks.mjs";
import { threads } from "./threads.mjs";

export const suite = {
  title: "@conc/sync",
  packages: ["@conc/sync"],
  peers: [
    "async-mutex",
    "async-sema",
    "await-lock",
    "es-toolkit",
    "@rocicorp/lock",
    "async-lock",
    "async-rwlock",
    "@jpwilliams/waitgroup",
    "p-limit",
    "effect",
  ],
  floor:
    "As many tasks as the scenario has, each of which does `await null` once for each of its locks and once for each pause with the lock " +
    "held, and nothing else: uncontended, one await an operation. Each makes a promise, as a call that may have to wait does. Beside it the " +
    "same, but awaiting one promise that is resolved already and that all share.",
  profiles: ["uncontended", "contended", "burst 20,000"],
  scenarios: [...held, ...costs, ...threads],
};
