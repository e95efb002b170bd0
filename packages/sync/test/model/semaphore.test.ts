import { it } from "vitest";
import { type Held, Semaphore } from "../../src/index.ts";
import { bothThrow, checkModel, type Source, type Subject, type World } from "./harness.ts";

/** A semaphore as the grants that are out, in order, and a queue. */
function subject(world: World): Subject {
  let capacity = 4;
  const sem = new Semaphore(capacity);
  let grants: { id: number; left: number }[] = [];
  let queue: { id: number; weight: number; source: Source }[] = [];

  const used = () => grants.reduce((sum, { left }) => sum + left, 0);
  const grant = (id: number, weight: number) => {
    grants.push({ id, left: weight });
    world.expect(id, "fulfilled");
  };
  const serve = () => {
    for (let next = queue[0]; next !== undefined && used() + next.weight <= capacity; next = queue[0]) {
      queue.shift();
      grant(next.id, next.weight);
    }
  };
  const tooHeavy = (weight: number) => ({
    rejected: new RangeError(`weight: expected at most the capacity, ${capacity}, got ${weight}`),
  });
  return {
    commands: {
      acquire: (n) => {
        const weight = (n % 5) + 1;
        const { source, cancel } = world.source(Math.floor(n / 5));
        const id = world.call(source, sem.acquire(weight, cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (weight > capacity) world.expect(id, tooHeavy(weight));
        else if (queue.length === 0 && used() + weight <= capacity) grant(id, weight);
        else queue.push({ id, weight, source });
      },
      tryAcquire: (n) => {
        const weight = (n % 5) + 1;
        const held = sem.tryAcquire(weight);
        const id = world.call(undefined, held === undefined ? Promise.reject("busy") : Promise.resolve(held));
        if (queue.length === 0 && used() + weight <= capacity) grant(id, weight);
        else world.expect(id, { rejected: "busy" });
      },
      release: (n) => {
        const weight = (n % 3) + 1;
        bothThrow(
          () => sem.release(weight),
          () => used() >= weight,
        );
        if (used() < weight) return;
        for (let left = weight; left > 0; ) {
          const latest = grants.at(-1) as (typeof grants)[number];
          const part = Math.min(left, latest.left);
          latest.left -= part;
          left -= part;
          if (latest.left === 0) grants.pop();
        }
        serve();
      },
      "held.unlock": (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        (picked.value as Held).unlock();
        grants = grants.filter(({ id }) => id !== picked.id);
        serve();
      },
      resize: (n) => {
        capacity = (n % 6) + 1;
        sem.resize(capacity);
        for (const { id, weight } of queue) if (weight > capacity) world.expect(id, tooHeavy(weight));
        queue = queue.filter(({ weight }) => weight <= capacity);
        serve();
      },
    },
    abort: (source) => {
      for (const call of queue) if (call.source === source) world.expect(call.id, { rejected: world.reason(source) });
      queue = queue.filter((call) => call.source !== source);
      serve();
    },
    real: () => String(sem),
    specified: () => {
      const available = Math.max(0, capacity - used());
      const waiting = queue.length > 0 ? `, ${queue.length} waiting` : "";
      return `Semaphore(${available} of ${capacity} available${waiting})`;
    },
  };
}

it(
  "a semaphore does what its sequential specification says, in every random program",
  () => checkModel(subject),
  60_000,
);
