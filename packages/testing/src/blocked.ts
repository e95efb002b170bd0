import { DeadlockError } from "./deadlock-error.ts";
import { LeakError } from "./leak-error.ts";
import { LivelockError } from "./livelock-error.ts";
import type { Step } from "./step.ts";
import type { Task } from "./task.ts";
import type { Wait } from "./wait.ts";
import { describeCall } from "./words.ts";

/** Go's words for it, and who waits for what. */
export function deadlock(waits: Iterable<Wait>, silent: readonly Task[]): DeadlockError {
  return new DeadlockError(withList("all tasks are asleep - deadlock!", waiting(waits, silent)));
}

/** The body has ended and something has not. */
export function leak(waits: Iterable<Wait>, silent: readonly Task[]): LeakError {
  return new LeakError(
    withList("still waiting when the body had ended, and nothing can end it:", waiting(waits, silent)),
  );
}

/** The step limit was reached. */
export function livelock(steps: number, ready: readonly Step[], waits: Iterable<Wait>): LivelockError {
  return new LivelockError(withList(`no end after ${steps} steps (maxSteps)`, standing(ready, waits, [])));
}

/** How each task stands: that it could go on, or what it waits for. `silent` are those that wait for nothing that is seen. */
export function standing(ready: readonly Step[], waits: Iterable<Wait>, silent: readonly Task[]): string[] {
  return [...ready.map((step) => `${step.task.name} could ${verbOf(step)}`), ...waiting(waits, silent)];
}

function verbOf({ wait, label }: Step): string {
  if (wait?.starts === true) return "start";
  return label.startsWith("fires") ? "fire" : "go on";
}

function waiting(waits: Iterable<Wait>, silent: readonly Task[]): string[] {
  const list = [...waits].map((wait) => `${wait.task.name} waits for ${describeCall(wait)}`);
  for (const task of silent) {
    list.push(`${task.name} waits for something not seen here: the end of a task, or a promise of somebody else's`);
  }
  return list;
}

function withList(head: string, list: readonly string[]): string {
  return [head, ...list.map((line) => `  ${line}`)].join("\n");
}
