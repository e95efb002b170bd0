import type { Context } from "@conc/context";

/** Something that knows of resources: a datacenter behind HTTP, or a test's stand-in. */
export interface Finder {
  readonly name: string;
  /** What asking it costs, for a weighted semaphore. */
  readonly weight: number;
  /** Whether it has `resource`. Rejects if it cannot tell, and with the context's error once that is done. */
  find(ctx: Context, resource: string): Promise<boolean>;
}
