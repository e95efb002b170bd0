/** What it costs to wait: memory. */
import * as conc from "@conc/chan";
import { Effect, Queue } from "effect";
import { bytesEach } from "../../src/memory.mjs";
import { below } from "../../src/targets.mjs";
import { ours } from "./ours.mjs";
import { peers } from "./peers.mjs";

const { after, Chan, recv, select } = conc;

// Of the libraries that have no channel of no capacity, the smallest.
const smallest = ({ cannot }) => (cannot?.unbuffered === undefined ? 0 : 1);

function waiting(peer, count) {
  if (peer.cannot?.parked !== undefined) return { name: peer.name, cannot: peer.cannot.parked };
  if (peer.programs !== undefined) {
    const queue = Effect.runSync(Queue.bounded(1));
    return { name: peer.name, sample: () => bytesEach(() => Effect.runFork(Queue.take(queue)), count) };
  }
  return {
    name: peer.name,
    sample: () => {
      const ch = peer.channel(smallest(peer));
      return bytesEach(() => peer.recv(ch), count);
    },
  };
}

export const parked = {
  name: "parked_1m",
  about: "so many wait on one channel; peers and Go with a tenth of them, as it does not matter to the share of each",
  unit: "bytes per waiter",
  count: 1_000_000,
  quickCount: 100_000,
  rounds: 3,
  processes: 1,
  targets: [below(300)],
  go: { Go: "chan parked" },
  candidates: ({ count }) => {
    const [ch, other] = [new Chan(), new Chan()];
    const variant = (name, make, of = count / 10) => ({ name, role: "ours", sample: () => bytesEach(make, of) });
    return [
      { ...waiting(ours(conc), count), role: "ours" },
      variant("a select of two", () => select([recv(ch), recv(other)])),
      variant("a select with a timeout", () => select([recv(ch), recv(after(3_600_000))])),
      ...peers.map((peer) => waiting(peer, count / 10)),
      { name: "a pending promise", role: "floor", sample: () => bytesEach(() => new Promise(() => {}), count) },
    ];
  },
};
