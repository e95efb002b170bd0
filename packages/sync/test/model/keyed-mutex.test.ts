import { it } from "vitest";
import { type Held, KeyedMutex } from "../../src/index.ts";
import { checkSame } from "../support.ts";
import { checkModel, type Source, type Subject, type World } from "./harness.ts";

interface Call {
  readonly id: number;
  readonly source: Source;
  /** In the order in which they are taken. */
  readonly keys: readonly number[];
  taken: number;
}

/** A keyed mutex as the keys in use, in the order they came into use, with a holder and a queue each. */
function subject(world: World): Subject {
  const mu = new KeyedMutex<number>();
  const calls: Call[] = [];
  const inUse = new Map<number, { holder: Call | undefined; queue: Call[]; order: number }>();
  let created = 0;

  const use = (key: number) => {
    const known = inUse.get(key);
    if (known !== undefined) return known;
    const entry = { holder: undefined, queue: [], order: created++ };
    inUse.set(key, entry);
    return entry;
  };
  const isPinned = (key: number) =>
    calls.some((call) => world.calls[call.id]?.expected === "pending" && call.keys.slice(call.taken).includes(key));
  const forget = () => {
    for (const [key, entry] of inUse) if (entry.holder === undefined && !isPinned(key)) inUse.delete(key);
  };
  const advance = (call: Call) => {
    while (call.taken < call.keys.length) {
      const entry = use(call.keys[call.taken] as number);
      if (entry.holder !== undefined) {
        entry.queue.push(call);
        return;
      }
      entry.holder = call;
      call.taken++;
    }
    world.expect(call.id, "fulfilled");
  };
  const giveBack = (call: Call) => {
    for (const key of call.keys.slice(0, call.taken).toReversed()) {
      const entry = use(key);
      if (entry.holder !== call) continue;
      entry.holder = entry.queue.shift();
      if (entry.holder === undefined) continue;
      entry.holder.taken++;
      advance(entry.holder);
    }
    forget();
  };
  const begin = (keys: number[], source: Source, promise: Promise<Held>) => {
    const call: Call = { id: world.call(source, promise), source, keys, taken: 0 };
    if (world.isCancelled(source)) {
      world.expect(call.id, { rejected: world.reason(source) });
      return;
    }
    for (const key of keys) use(key);
    keys.sort((a, b) => use(a).order - use(b).order);
    calls.push(call);
    advance(call);
  };
  return {
    commands: {
      lock: (n) => {
        const { source, cancel } = world.source(n);
        const key = Math.floor(n / 8) % 4;
        begin([key], source, mu.lock(key, cancel));
      },
      lockAll: (n) => {
        const { source, cancel } = world.source(n);
        const drawn = [n >> 3, n >> 5, n >> 7].map((bits) => bits % 4);
        begin([...new Set(drawn)], source, mu.lockAll(drawn, cancel));
      },
      "held.unlock": (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        (picked.value as Held).unlock();
        const call = calls.find(({ id }) => id === picked.id);
        if (call !== undefined) giveBack(call);
      },
    },
    abort: (source) => {
      const cancelled = calls.filter((call) => call.source === source && world.calls[call.id]?.expected === "pending");
      for (const call of cancelled) {
        world.expect(call.id, { rejected: world.reason(source) });
        for (const entry of inUse.values()) entry.queue = entry.queue.filter((waiting) => waiting !== call);
      }
      for (const call of cancelled) giveBack(call);
      forget();
    },
    real: () => [0, 1, 2, 3].map((key) => `${mu.locked(key)} ${mu.waiting(key)}`).join(", ") + ` of ${mu.size}`,
    specified: () =>
      [0, 1, 2, 3]
        .map((key) => `${inUse.get(key)?.holder !== undefined} ${inUse.get(key)?.queue.length ?? 0}`)
        .join(", ") + ` of ${inUse.size}`,
    finish: async () => {
      // Nobody deadlocks: as long as those who hold keys give them back, everybody gets theirs.
      for (let round = 0; round < calls.length + 1; round++) {
        for (const { value } of world.calls) (value as Held | undefined)?.unlock();
        await world.settle();
      }
      for (const call of calls) checkSame(world.calls[call.id]?.seen === "pending", false, `call ${call.id} hangs`);
      checkSame(mu.size, 0, "keys");
    },
  };
}

it(
  "a keyed mutex does what its sequential specification says, in every random program",
  () => checkModel(subject),
  60_000,
);
