import { hearUnhandled, type Unhandled } from "@conc/internal/testkit";
import { afterEach, beforeEach, it } from "vitest";
import { WaitGroup } from "../../src/index.ts";
import { checkSame, deferred } from "../support.ts";
import { bothThrow, checkModel, type Source, type Subject, type World } from "./harness.ts";

let unhandled: Unhandled;
beforeEach(() => {
  unhandled = hearUnhandled();
});
afterEach(() => unhandled.stop());

/** A WaitGroup as a number, the errors of the round, and those who wait. */
function subject(world: World): Subject {
  const wg = new WaitGroup();
  let count = 0;
  let errors: string[] = [];
  let failure: { rejected: unknown } | undefined;
  let waiting: { id: number; source: Source }[] = [];
  // Failures that nobody waited for when they came about, and that no wait has taken since.
  let loud: unknown[] = [];
  let failures = 0;
  const tasks: ReturnType<typeof deferred<void>>[] = [];

  const add = (n: number) => {
    if (count === 0 && n > 0) failure = undefined;
    count += n;
    if (count > 0 || n >= 0) return;
    if (errors.length > 0) {
      const [first] = errors;
      failure = {
        rejected: errors.length === 1 ? first : new AggregateError(errors, `${errors.length} tasks failed`),
      };
      errors = [];
      if (waiting.length === 0) loud.push(failure.rejected);
    }
    for (const { id } of waiting) world.expect(id, failure ?? "fulfilled");
    waiting = [];
  };
  return {
    commands: {
      add: (n) => {
        const delta = (n % 6) - 2;
        // What the tasks count, only they may take off.
        if (count + delta < tasks.length && count + delta >= 0) return;
        bothThrow(
          () => wg.add(delta),
          () => count + delta >= 0,
        );
        if (count + delta >= 0) add(delta);
      },
      done: () => {
        if (tasks.length > 0 && count === tasks.length) return;
        bothThrow(
          () => wg.done(),
          () => count > 0,
        );
        if (count > 0) add(-1);
      },
      wait: (n) => {
        const { source, cancel } = world.source(n);
        const id = world.call(source, wg.wait(cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (count === 0) {
          world.expect(id, failure ?? "fulfilled");
          loud = loud.filter((error) => error !== failure?.rejected);
        } else waiting.push({ id, source });
      },
      go: () => {
        const task = deferred<void>();
        tasks.push(task);
        wg.go(() => task.promise);
        add(1);
      },
      "end of a task": async (n) => {
        const task = tasks.splice(n % Math.max(1, tasks.length), 1)[0];
        if (task === undefined) return;
        const fails = n % 3 === 0;
        if (fails) {
          errors.push(`task ${failures}`);
          task.reject(`task ${failures++}`);
        } else {
          task.resolve();
        }
        await world.settle();
        add(-1);
      },
    },
    abort: (source) => {
      for (const call of waiting) if (call.source === source) world.expect(call.id, { rejected: world.reason(source) });
      waiting = waiting.filter((call) => call.source !== source);
    },
    real: () => String(wg),
    specified: () => `WaitGroup(${count} running${waiting.length > 0 ? `, ${waiting.length} waiting` : ""})`,
    finish: async () => {
      await unhandled.told();
      checkSame(unhandled.errors.splice(0), loud, "unhandled");
    },
  };
}

it(
  "a WaitGroup does what its sequential specification says, in every random program",
  () => checkModel(subject),
  60_000,
);
