/** The scenarios that are about taking and giving back. */
import * as conc from "@conc/sync";
import { floors } from "../../src/floors.mjs";
import { atMost, fasterThanEveryPeer } from "../../src/targets.mjs";
import { ours } from "./ours.mjs";
import { peers } from "./peers.mjs";
import { programOf } from "./program-of.mjs";
import { load, shapes } from "./shapes.mjs";

const targets = {
  uncontended: [atMost(1.2, "floor"), fasterThanEveryPeer()],
  try_pair: [atMost(3, "Go")],
  contended: [fasterThanEveryPeer()],
};

export const held = shapes.map(
  ({ name, about, kind, program, count, unit = "ns per operation", go = name, awaits = [1] }) => ({
    name,
    about,
    table: "Locks, semaphores and groups",
    unit,
    ...load,
    count: count ?? load.count,
    targets: targets[name],
    go: { Go: `sync ${go}` },
    candidates: async () => {
      const [own, ...others] = await Promise.all(
        [ours[kind](conc), ...peers[kind]].map((peer) => programOf(peer, program)),
      );
      return [{ ...own, role: "ours" }, ...others, ...(awaits.length > 0 ? floors(awaits) : [])];
    },
  }),
);
