import { Chan, MisuseError } from "@conc/chan";

/**
 * The channel that a context's end closes. In Go the compiler refuses to send to it or to close it; JavaScript has to be told when it
 * runs, or else a stray `ctx.done.close()` would make the context's own end throw, half way through its tree.
 */
export class DoneChan extends Chan<never> {
  constructor() {
    super(0, { name: "ctx.done" });
  }

  /** The context has ended. */
  end(): void {
    super.close();
  }

  override close(): never {
    throw new MisuseError("close of receive-only channel ctx.done; ctx.cancel() ends a context");
  }

  override trySend(): never {
    throw new MisuseError("send to receive-only channel ctx.done");
  }

  override async send(): Promise<never> {
    return this.trySend();
  }
}

let ended: DoneChan | undefined;

/** The channel of every context whose channel was first asked for after its end. Go's `closedchan`. */
export function endedDone(): DoneChan {
  if (ended === undefined) {
    ended = new DoneChan();
    ended.end();
  }
  return ended;
}
