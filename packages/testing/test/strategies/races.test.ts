import { describe, expect, it } from "vitest";
import { backtrackPoints } from "../../src/strategies/races.ts";
import type { Step } from "../../src/step.ts";
import { Task } from "../../src/task.ts";
import type { TraceStep } from "../../src/trace.ts";

const x = { name: "x" };
const y = { name: "y" };

/** A run, a step a line: whose, what it touched, and in which step it became possible (from 1; 0: from the start). */
function run(
  ...lines: [task: Task, object: object, operation: string, bornAt?: number, whenIdle?: boolean][]
): string[] {
  const steps = lines.map(
    ([task, , , bornAt = 0, whenIdle = false], order): Step => ({
      task,
      event: lines.slice(0, order + 1).filter(([other]) => other === task).length,
      bornAt,
      order,
      whenIdle,
      wait: undefined,
      label: "",
      perform: () => {},
    }),
  );
  // Each task has at most one step ready: its next.
  const trace = lines.map(([, object, operation], i): TraceStep => {
    const ready = steps.slice(i).filter((step) => step.bornAt <= i && step.event === 1 + done(step.task, i));
    return { step: steps[i]!, ready, touches: [{ object, operation }], drawn: [] };
  });
  function done(task: Task, before: number): number {
    return steps.slice(0, before).filter((step) => step.task === task).length;
  }
  return backtrackPoints(trace).map(({ before, step }) => `${step.task.name} before step ${before + 1}`);
}

const [a, b] = [Task.first("a", "a"), Task.first("b", "b")];

describe("the races of a run", () => {
  it("are between steps of two tasks that touch one object", () => {
    expect(run([a, x, "lock"], [b, x, "lock"])).toEqual(["b before step 1"]);
    expect(run([a, x, "lock"], [b, y, "lock"])).toEqual([]);
    expect(run([a, x, "lock"], [a, x, "lock"])).toEqual([]);
  });

  it("are none between two readings", () => {
    expect(run([a, x, "read"], [b, x, "read"])).toEqual([]);
    expect(run([a, x, "read"], [b, x, "write"])).toEqual(["b before step 1"]);
  });

  it("are none where one step had to come first: it made the other one possible, or time had to move", () => {
    expect(run([a, x, "unlock"], [b, x, "lock", 1])).toEqual([]);
    expect(run([a, x, "write"], [b, x, "write", 0, true])).toEqual([]);
  });

  it("name everything that could go on when the task itself could not yet", () => {
    const c = Task.first("c", "c");
    // c's step was made possible by b's, which has nothing to do with a's.
    expect(run([a, x, "write"], [b, y, "write"], [c, x, "write", 2])).toEqual(["a before step 1", "b before step 1"]);
  });
});
