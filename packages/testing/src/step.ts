import type { Task } from "./task.ts";
import type { Wait } from "./wait.ts";

/** Something that can happen next: a call is told, a timer fires. What the task then does until it waits again belongs to the step. */
export interface Step {
  readonly task: Task;
  /** The how-many-th step of its task this is. With the task's id it names the same step in every order of events. */
  readonly event: number;
  /** How many steps of the run had been taken when it became possible; no two steps of a run became possible in another order. */
  readonly bornAt: number;
  readonly order: number;
  /** Only possible because nothing else was: time moves, or `settled` is told. */
  readonly whenIdle: boolean;
  /** The call that is told, if it is one. */
  readonly wait: Wait | undefined;
  /** The words for it in a report, if it is not a call. */
  readonly label: string;
  perform(): void;
}
