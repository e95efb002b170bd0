import type { Waiter } from "@conc/internal";
import type { Task } from "./task.ts";
import type { Touch } from "./trace.ts";

/** What is known of a call that waits. */
export interface Call {
  /** It is the start of its task. */
  readonly starts: boolean;
  /** The queue it stands in: whose, and what it wants there. */
  readonly queue: Touch | undefined;
  /** What its step had done last when it was made; that is what the call is about, if `site` agrees. */
  readonly touched: Touch | undefined;
  /** Where it was made; absent while a run is not to be told with sites. */
  readonly site: Error | undefined;
}

/** One call of an explored program, from when it was made until it is told. */
export interface Wait extends Call {
  readonly waiter: Waiter;
  readonly task: Task;
}
