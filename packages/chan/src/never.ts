import { park, refusal, type SignalSource, Waiter } from "@conc/internal";
import { MisuseError } from "./misuse-error.ts";
import { armReceive, armSend, type SendPort } from "./port.ts";
import { Receiver } from "./receiver.ts";
import type { ReceiveChan, SendChan } from "./types.ts";

// A wait on it is on no list: nobody can serve it, and one that nobody can cancel either is collected as garbage.
class Nil extends Receiver<never> implements SendPort<unknown> {
  readonly length = 0;
  readonly capacity = 0;

  send(_value: unknown, cancel?: SignalSource): Promise<never> {
    return refusal(cancel) ?? park(new Waiter(), cancel);
  }

  trySend(): boolean {
    return false;
  }

  tryRecv(): undefined {}

  close(): never {
    throw new MisuseError("close of nil channel");
  }

  [armReceive](): void {}

  [armSend](): void {}

  toString(): string {
    return "Chan(nil)";
  }
}

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
export const never: SendChan<unknown> & ReceiveChan<never> = Object.freeze(new Nil());
