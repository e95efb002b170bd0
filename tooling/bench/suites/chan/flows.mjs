/** The scenarios that are about messages. */
import * as conc from "@conc/chan";
import { floors } from "../../src/floors.mjs";
import { atMost, fasterThan, fasterThanEveryPeer } from "../../src/targets.mjs";
import { ours } from "./ours.mjs";
import { peers } from "./peers.mjs";
import { programOf } from "./programs-of.mjs";
import { load, shapes } from "./shapes.mjs";

const targets = {
  "spsc 0": [atMost(1.3, "floor"), fasterThanEveryPeer(), fasterThan(8, "ts-chan"), atMost(1.2, "Go")],
  "spsc 128": [atMost(1.2, "floor"), fasterThanEveryPeer()],
  "ping_pong 0": [atMost(1.2, "Go")],
};

export const flows = shapes.map(({ name, program, shape: of, about, tasks }) => ({
  name,
  about,
  table: "Messages",
  unit: "ns per message",
  ...load,
  targets: targets[name],
  go: { Go: `chan ${name}` },
  candidates: async () => [
    ...(await Promise.all([ours(conc), ...peers].map((peer) => programOf(peer, program, of)))).map((candidate, i) =>
      i === 0 ? { ...candidate, role: "ours" } : candidate,
    ),
    ...floors(tasks),
  ],
}));
