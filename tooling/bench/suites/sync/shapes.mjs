/** What the programs of `programs.mjs` are measured with. */
// A hundred contenders have to be able to share the operations.
export const load = { count: 40_000, grain: 1_000 };

export const shapes = [
  {
    name: "uncontended",
    about: "one task locks and unlocks",
    kind: "lock",
    program: "uncontended",
  },
  {
    name: "try_pair",
    about: "one task locks and unlocks, by calls that do not wait",
    kind: "lock",
    program: "tryPairs",
    count: 1_000_000,
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
  },
  {
    name: "read",
    about: "one task locks for reading and unlocks",
    kind: "readLock",
    program: "uncontended",
  },
  {
    name: "semaphore",
    about: "one task acquires a permit and releases it; in Go by a channel, as its standard library has no semaphore",
    kind: "semaphore",
    program: "uncontended",
  },
  {
    name: "ten_of_100",
    about: "100 tasks, of which a semaphore lets in ten at a time; in Go by a channel",
    kind: "semaphore",
    program: "limited",
    awaits: Array.from({ length: 100 }, () => 2 / 100),
  },
  {
    name: "wait_group",
    about: "rounds of 100 that are added, done and waited for",
    kind: "waitGroup",
    program: "groups",
    count: 1_000_000,
    unit: "ns per task",
    awaits: [],
  },
];
