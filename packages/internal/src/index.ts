export { checkDuration, checkFunction, checkWhole, describe } from "./arguments.ts";
export {
  type CancelSource,
  cancelSource,
  type SignalSource,
  sourceOf,
  subscribe,
  type Subscriber,
  Subscription,
} from "./cancel-source.ts";
export type { Clock, TimerHandle } from "./clock.ts";
export { systemClock } from "./clock.ts";
export { type Linked, List } from "./list.ts";
export { refusal } from "./refusal.ts";
export { RingBuffer } from "./ring-buffer.ts";
export { type Controller, type Observer, type Runtime, runtime } from "./runtime.ts";
export { seeded } from "./seeded.ts";
export { spawn } from "./spawn.ts";
export { asyncDispose, dispose, idle, inspect, releaseContext } from "./symbols.ts";
export { touch } from "./touch.ts";
export { type Turn, turnIsOver } from "./turn.ts";
export { completed, completedWith, failedWith, nextTurn, park, Waiter, WaitList } from "./waiter.ts";
