import type { Step } from "./step.ts";
import type { Task } from "./task.ts";

/** Decides one schedule. */
export interface Strategy {
  /**
   * Which of the steps comes next, by its index. `ready[0]` goes on with the task of the last step, if it can. Called only when there are
   * at least two.
   */
  pick(ready: readonly Step[]): number;
  /** A whole number from 0 to n - 1, for a select; n is at least 2. */
  choose(n: number): number;
  /** The task gave up its turn, or has had more than its share. */
  yielded?(task: Task): void;
}
