/*
 * Invariants:
 * - `ready` are the steps that are possible and were neither taken nor taken back;
 * - `choices` and `sizes` say, for each time there was a choice, what was chosen and among how many;
 * - `trace` has an entry for each step taken, if one is kept.
 */
import type { Step } from "./step.ts";
import type { Strategy } from "./strategy.ts";
import type { Task } from "./task.ts";
import type { Touch, TraceStep } from "./trace.ts";

// A task that goes on so often while others could is made to let them: one that polls would poll for ever.
const share = 100;

/** What a step is made of, before it has its place in a course. */
type NewStep = Pick<Step, "task" | "label" | "perform"> & Partial<Pick<Step, "wait" | "whenIdle">>;

/** The course of a run: what can happen next, the strategy's choices among that, and what has happened. */
export class Course {
  readonly ready: Step[] = [];
  readonly choices: number[] = [];
  readonly sizes: number[] = [];
  readonly trace: TraceStep[] = [];
  /** How many steps have been taken. */
  steps = 0;
  readonly #strategy: Strategy;
  readonly #keepTrace: boolean;
  #born = 0;
  #last: Task | null = null;
  #inARow = 0;

  constructor(strategy: Strategy, keepTrace: boolean) {
    this.#strategy = strategy;
    this.#keepTrace = keepTrace;
  }

  /** Makes a step possible. */
  add({ task, label, perform, wait, whenIdle = false }: NewStep): Step {
    const [event, order] = [++task.events, this.#born++];
    const step: Step = { task, event, bornAt: this.steps, order, whenIdle, wait, label, perform };
    this.ready.push(step);
    return step;
  }

  /** Takes back a step that has become impossible. */
  remove(step: Step): void {
    this.ready.splice(this.ready.indexOf(step), 1);
  }

  /** Takes the next step; there is one. */
  take(): Step {
    const step = this.ready.length === 1 ? (this.ready.pop() as Step) : this.#pick();
    if (step.task !== this.#last) this.#inARow = 0;
    this.#last = step.task;
    this.steps++;
    if (this.#keepTrace) this.trace.push({ step, ready: [step, ...this.ready], touches: [], drawn: [] });
    return step;
  }

  /** Draws a number from 0 to n - 1, for the step that was taken last. */
  choose(n: number): number {
    const value = this.#choice(n, () => this.#strategy.choose(n));
    this.trace.at(-1)?.drawn.push({ value, of: n });
    return value;
  }

  /** The step that was taken last has done something that others may see. */
  touched(touch: Touch): void {
    this.trace.at(-1)?.touches.push(touch);
  }

  /** The task lets all others have their turn. */
  yielded(task: Task): void {
    this.#strategy.yielded?.(task);
  }

  #pick(): Step {
    const { ready } = this;
    const again = ready.findIndex((step) => step.task === this.#last);
    if (again > 0) ready.unshift(...ready.splice(again, 1));
    if (again >= 0 && ++this.#inARow > share) this.yielded(this.#last as Task);
    const at = this.#choice(ready.length, () => this.#strategy.pick(ready));
    return ready.splice(at, 1)[0] as Step;
  }

  #choice(n: number, decide: () => number): number {
    if (n === 1) return 0;
    const chosen = decide();
    this.choices.push(chosen);
    this.sizes.push(n);
    return chosen;
  }
}
