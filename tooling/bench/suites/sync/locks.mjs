/** The scenarios that are about taking and giving back. */
import * as conc from "@conc/sync";
import { floors } from "../../src/floors.mjs";
import { copyFor } from "../../src/suites.mjs";
import { atMost, fasterThanEveryPeer } from "../../src/targets.mjs";
import { locks, ours, readLocks, semaphores, waitGroups } from "./peers.mjs";

const programs = new URL("programs.mjs", import.meta.url).href;
// A hundred contenders have to be able to share the operations.
const load = { count: 40_000, grain: 1_000 };

/** The program for a library, as a candidate. */
export async function programOf(peer, program) {
  const { name, cannot } = peer;
  if (program === "tryPairs" && peer.tryPair === undefined) return { name, cannot: cannot?.tryPair };
  const { [program]: run } = await copyFor(programs, name);
  return { name, run: (operations) => run(peer, operations) };
}

/** What is measured of ours, without what it is compared with: the bench of the seams has its own comparison. */
export const shapes = [
  {
    name: "uncontended",
    about: "one task locks and unlocks",
    kind: "lock",
    program: "uncontended",
    peers: locks,
    targets: [atMost(1.2, "floor"), fasterThanEveryPeer()],
  },
  {
    name: "try_pair",
    about: "one task locks and unlocks, by calls that do not wait",
    kind: "lock",
    program: "tryPairs",
    peers: locks,
    count: 1_000_000,
    targets: [atMost(3, "Go")],
    go: "uncontended",
    awaits: [],
  },
  {
    name: "contended",
    about: "100 tasks lock, await once with the lock held, and unlock",
    kind: "lock",
    program: "contended",
    // A hundred tasks, each with two awaits for each of its operations.
    awaits: Array.from({ length: 100 }, () => 2 / 100),
    peers: locks,
    targets: [fasterThanEveryPeer()],
  },
  {
    name: "read",
    about: "one task locks for reading and unlocks",
    kind: "readLock",
    program: "uncontended",
    peers: readLocks,
  },
  {
    name: "semaphore",
    about: "one task acquires a permit and releases it; in Go by a channel, as its standard library has no semaphore",
    kind: "semaphore",
    program: "uncontended",
    peers: semaphores,
  },
  {
    name: "ten_of_100",
    about: "100 tasks, of which a semaphore lets in ten at a time; in Go by a channel",
    kind: "semaphore",
    program: "limited",
    awaits: Array.from({ length: 100 }, () => 2 / 100),
    peers: semaphores,
  },
  {
    name: "wait_group",
    about: "rounds of 100 that are added, done and waited for",
    kind: "waitGroup",
    program: "groups",
    peers: waitGroups,
    unit: "ns per task",
    awaits: [],
  },
];

export const held = shapes.map(
  ({
    name,
    about,
    kind,
    program,
    peers,
    targets,
    count = load.count,
    unit = "ns per operation",
    go = name,
    awaits = [1],
  }) => ({
    name,
    about,
    unit,
    ...load,
    count,
    targets,
    go: { Go: `sync ${go}` },
    candidates: async () => {
      const [own, ...others] = await Promise.all([ours[kind](conc), ...peers].map((peer) => programOf(peer, program)));
      return [{ ...own, role: "ours" }, ...others, ...(awaits.length > 0 ? floors(awaits) : [])];
    },
  }),
);
