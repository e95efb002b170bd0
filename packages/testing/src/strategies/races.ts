import type { Step } from "../step.ts";
import { isReading, type TraceStep } from "../trace.ts";

/** Before step number `before` of the run, `step` could have been taken, and the outcome might have been another. */
export interface BacktrackPoint {
  readonly before: number;
  readonly step: Step;
}

/**
 * The races of a run: each step with those before it that it could change places with, which touch a common object and did not have
 * to come first.
 *
 * The paper takes only the last of them, and finds the others in the runs that follow. But then a task's next step must not depend on
 * which of two calls that it made at once came back last, and here it does: the code after a `Promise.all` belongs to the last one.
 */
export function backtrackPoints(trace: readonly TraceStep[]): BacktrackPoint[] {
  const points: BacktrackPoint[] = [];
  const footprints = trace.map(footprint);
  // after[i][j]: step i had to come after step j.
  const after: Uint8Array[] = [];
  const lastOf = new Map<string, number>();
  trace.forEach(({ step }, i) => {
    const causes = new Uint8Array(trace.length);
    const comesAfter = (j: number | undefined): void => {
      if (j === undefined || j < 0) return;
      causes[j] = 1;
      after[j]?.forEach((earlier, k) => {
        if (earlier === 1) causes[k] = 1;
      });
    };
    comesAfter(lastOf.get(step.task.id));
    // Steps are counted from 1 when something is born in them.
    comesAfter(step.bornAt - 1);
    if (step.whenIdle) for (let j = 0; j < i; j++) comesAfter(j);
    const mine = footprints[i] as Footprint;
    for (let j = i - 1; j >= 0; j--) {
      if (causes[j] === 1 || !conflict(mine, footprints[j] as Footprint)) continue;
      points.push(...instead(trace[j] as TraceStep, j, step));
      comesAfter(j);
    }
    after.push(causes);
    lastOf.set(step.task.id, i);
  });
  return points;
}

// The task of `step` goes first; if it could not yet, everything that could.
function instead({ ready }: TraceStep, before: number, step: Step): BacktrackPoint[] {
  const own = ready.find(({ task }) => task === step.task);
  return (own === undefined ? ready : [own]).map((one) => ({ before, step: one }));
}

/** What a step touched; true: it may have changed it. */
type Footprint = ReadonlyMap<object, boolean>;

function footprint({ step, touches }: TraceStep): Footprint {
  const objects = new Map<object, boolean>();
  for (const touch of touches) objects.set(touch.object, objects.get(touch.object) === true || !isReading(touch));
  // Calls that one task made at once are joined by promises, which nobody sees: their order counts.
  objects.set(step.task.root, true);
  return objects;
}

function conflict(a: Footprint, b: Footprint): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const [object, changed] of few) {
    const other = many.get(object);
    if (other !== undefined && (changed || other)) return true;
  }
  return false;
}
