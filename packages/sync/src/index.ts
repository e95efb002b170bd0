export type { SignalSource } from "@conc/internal";
export { go } from "./go.ts";
export type { Held, Locker } from "./locker.ts";
export { MisuseError } from "./misuse-error.ts";
export { Mutex } from "./mutex.ts";
export { Once } from "./once.ts";
export { onceValue } from "./once-value.ts";
export { Semaphore } from "./semaphore.ts";
export { WaitGroup } from "./wait-group.ts";
