import { type CancelSource, cancelSource, notASource, signalOf, type SignalSource } from "./cancel-source.ts";
import { touch } from "./touch.ts";
import { failedWith } from "./waiter.ts";

/**
 * The promise to hand back when `cancel` is cancelled already (law C1) or is nothing that can cancel; `undefined`
 * when the call may go on.
 */
export function refusal(cancel: SignalSource | undefined): Promise<never> | undefined {
  // By itself it is so small that the engine puts it into its callers: most calls bring no source.
  return cancel === undefined ? undefined : refusalBy(cancel);
}

function refusalBy(cancel: SignalSource): Promise<never> | undefined {
  const own = (cancel as { [cancelSource]?: CancelSource } | null)?.[cancelSource];
  touch(own ?? cancel, "check");
  if (own !== undefined) return own.cancelled ? failedWith(own.reason) : undefined;
  const signal = signalOf(cancel);
  if (signal === undefined) return failedWith(notASource(cancel));
  return signal.aborted ? failedWith(signal.reason) : undefined;
}
