/** What choosing, waiting, leaving and taking turns cost. */
import * as conc from "@conc/chan";
import { floors } from "../../src/floors.mjs";
import { atMost, fasterThanEveryPeer, ratioAtMost } from "../../src/targets.mjs";
import { cancelling } from "./cancel.mjs";
import { parked } from "./parked.mjs";
import { ours } from "./ours.mjs";
import { peers } from "./peers.mjs";
import { callable, programOf } from "./programs-of.mjs";
import { load } from "./shapes.mjs";

const runtime = globalThis[Symbol.for("@conc/runtime")];
const capacity = 512;

const tries = {
  name: "try 128",
  about:
    "as spsc 128, but by trySend and tryRecv while they succeed, and only then by a call that waits; in Go by select with a default",
  unit: "ns per message",
  ...load,
  targets: [atMost(1, "Go"), atMost(1, "Go, spsc 128")],
  go: { Go: "chan try 128", "Go, spsc 128": "chan spsc 128" },
  candidates: async () => {
    const shape = { capacity: 128, producers: 1, consumers: 1 };
    const own = ours(conc);
    return [
      { ...(await programOf(own, "tries", shape)), role: "ours" },
      { ...(await programOf({ ...own, name: "spsc 128" }, "flow", shape)), role: "ours" },
      ...(await Promise.all(peers.map((peer) => programOf(peer, "tries", shape)))),
    ];
  },
};

const ready = {
  name: "select_ready",
  about:
    "a select of two channels that both have values, beside a receive from one that has; filling them is not timed",
  unit: "ns per receive",
  ...load,
  targets: [
    ratioAtMost(2.5, "@conc/chan", "@conc/chan, a receive", "at most 2.5x a receive"),
    fasterThanEveryPeer(1, { words: "every peer that is fair" }),
  ],
  go: { Go: "chan select_ready", "Go, a receive": "chan recv_ready" },
  candidates: async () => {
    const own = ours(conc);
    const receive = await programOf(own, "readyRecv", { capacity }, "sample");
    return [
      { ...(await programOf(own, "readySelect", { capacity }, "sample")), role: "ours" },
      { ...receive, name: `${own.name}, a receive`, role: "ours" },
      ...(await Promise.all(peers.map(readyPeer))),
      ...floors([1]),
    ];
  },
};

/** A peer, and whether it is fair: whether it takes each of two ready channels about as often. */
async function readyPeer(peer) {
  const candidate = await programOf(peer, "readySelect", { capacity }, "sample");
  if (candidate.cannot !== undefined) return candidate;
  const first = await (await callable(peer, "firstOfTwo", { capacity }))(capacity);
  const share = first / capacity;
  if (share > 0.4 && share < 0.6) return candidate;
  return { ...candidate, name: `${peer.name} (unfair)`, role: "unfair" };
}

const turns = {
  name: "turns",
  about: "spsc 0 with turns of 10 ms, as always, beside the same without any",
  unit: "ns per message",
  ...load,
  count: load.count * 4,
  targets: [ratioAtMost(1.05, "@conc/chan", "without turns", "turns cost at most 5 % of throughput")],
  candidates: async () => {
    const { budget } = runtime.turn;
    const under = (run, ms) => async (messages) => {
      runtime.turn.budget = ms;
      await run(messages);
      runtime.turn.budget = budget;
    };
    const shape = { capacity: 0, producers: 1, consumers: 1 };
    const own = ours(conc);
    return [
      { name: own.name, role: "ours", run: under(await callable(own, "flow", shape), budget) },
      // The same code, so that nothing but the turns differs.
      {
        name: "without turns",
        role: "variant",
        run: under(await callable(own, "flow", shape), Number.POSITIVE_INFINITY),
      },
    ];
  },
};

export const costs = [tries, ready, cancelling, parked, turns];
