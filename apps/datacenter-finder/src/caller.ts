import { contextKey } from "@conc/context";
import type { FindTrace } from "./trace/find-trace.ts";

/** On whose behalf a find is made. */
export interface Caller {
  readonly requestId: string;
  /** What datacenters are told of it, as headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where its find is traced; absent where nothing is. */
  readonly trace: FindTrace | undefined;
}

/** Whose find it is, in the contexts of finds that are made for somebody. */
export const callerKey = contextKey<Caller>("caller");
