import { it } from "vitest";
import { type Held, Mutex } from "../../src/index.ts";
import { bothThrow, checkModel, type Source, type Subject, type World } from "./harness.ts";

/** A mutex as a number and a queue. */
function subject(world: World): Subject {
  const mu = new Mutex();
  let holder: number | undefined;
  let queue: { id: number; source: Source }[] = [];

  const handOver = () => {
    holder = queue.shift()?.id;
    if (holder !== undefined) world.expect(holder, "fulfilled");
  };
  return {
    commands: {
      lock: (n) => {
        const { source, cancel } = world.source(n);
        const id = world.call(source, mu.lock(cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (holder !== undefined) queue.push({ id, source });
        else {
          holder = id;
          world.expect(id, "fulfilled");
        }
      },
      tryLock: () => {
        const held = mu.tryLock();
        const id = world.call(undefined, held === undefined ? Promise.reject("busy") : Promise.resolve(held));
        world.expect(id, holder === undefined ? "fulfilled" : { rejected: "busy" });
        holder ??= id;
      },
      unlock: () => {
        bothThrow(
          () => mu.unlock(),
          () => holder !== undefined,
        );
        handOver();
      },
      "held.unlock": (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        (picked.value as Held).unlock();
        if (picked.id === holder) handOver();
      },
    },
    abort: (source) => {
      for (const call of queue) if (call.source === source) world.expect(call.id, { rejected: world.reason(source) });
      queue = queue.filter((call) => call.source !== source);
    },
    real: () => String(mu),
    specified: () =>
      `Mutex(${holder === undefined ? "unlocked" : "locked"}${queue.length > 0 ? `, ${queue.length} waiting` : ""})`,
  };
}

it("a mutex does what its sequential specification says, in every random program", () => checkModel(subject), 60_000);
