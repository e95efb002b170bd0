import { contextKey } from "@conc/context";

/** On whose behalf a find is made. */
export interface Caller {
  readonly requestId: string;
}

/** Whose find it is, in the contexts of finds that are made for somebody. */
export const callerKey = contextKey<Caller>("caller");
