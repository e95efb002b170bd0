export type { Connect, Database, GetDatabase } from "./database.ts";
export { race, type Race, type RaceResult } from "./race.ts";
export { type Strategy, strategies } from "./strategies.ts";
export { doubleCheck } from "./strategies/double-check.ts";
export { mutex } from "./strategies/mutex.ts";
export { naive } from "./strategies/naive.ts";
export { once } from "./strategies/once.ts";
export { onceRetry } from "./strategies/once-retry.ts";
