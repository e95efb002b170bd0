import { park, refusal, type SignalSource, Waiter } from "@conc/internal";
import { MisuseError } from "./misuse-error.ts";
import { Iterator } from "./iterator.ts";
import { armReceive, armSend, type ReceivePort, type SendPort } from "./port.ts";
import { recvMany } from "./recv-many.ts";
import type { ReceiveChan, SendChan } from "./types.ts";

// A wait on the nil channel is on no list: nobody can serve it, and one that nobody can cancel either is collected as garbage.
function waitForEver(cancel: SignalSource | undefined): Promise<never> {
  return refusal(cancel) ?? park(new Waiter(), cancel);
}

const nil: SendPort<unknown> & ReceivePort<never> = {
  length: 0,
  capacity: 0,
  send: (_value, cancel) => waitForEver(cancel),
  trySend: () => false,
  recv: (cancel) => waitForEver(cancel),
  tryRecv: () => undefined,
  recvMany: (max, cancel) => recvMany(nil, max, cancel),
  close: () => {
    throw new MisuseError("close of nil channel");
  },
  [Symbol.asyncIterator]: () => new Iterator(nil),
  [armReceive]: () => {},
  [armSend]: () => {},
};

/**
 * The nil channel: it never delivers and never takes anything. Its use is in a `select`, where it switches a case off.
 *
 * Blocks: `send` and `recv` for ever, unless cancelled.
 * Throws: `close` throws {@link MisuseError}, "close of nil channel".
 *
 * Go: `var ch chan T`, a channel that is nil.
 *
 * @example
 * ```ts
 * import { Chan, never, recv, select } from "@conc/chan";
 *
 * const jobs = new Chan<string>(1);
 * const paused = true;
 * const quit = new Chan<string>(1);
 * await jobs.send("a job");
 * await quit.send("the end");
 * console.log(await select([recv(paused ? never : jobs, (r) => r.value), recv(quit, (r) => r.value)])); // => the end
 * ```
 */
export const never: SendChan<unknown> & ReceiveChan<never> = Object.freeze(nil);
