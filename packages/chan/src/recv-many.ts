import { checkWhole, completedWith, failedWith, refusal, type SignalSource } from "@conc/internal";
import type { ReceiveChan, Received } from "./types.ts";

/** `recvMany` of any channel, by its other methods. */
export function recvMany<T>(ch: ReceiveChan<T>, max: number, cancel?: SignalSource): Promise<T[]> {
  const refused = refusal(cancel);
  if (refused !== undefined) return refused;
  try {
    checkWhole("max", max, 1);
    // What is there is taken inside the call, as every transition is; only what comes later is waited for.
    const first = ch.tryRecv();
    if (first !== undefined) return completedWith(takeAlong(ch, first, max));
  } catch (error) {
    return failedWith(error);
  }
  return ch.recv(cancel).then((first) => takeAlong(ch, first, max));
}

function takeAlong<T>(ch: ReceiveChan<T>, first: Received<T>, max: number): T[] {
  const values: T[] = [];
  try {
    for (let next: Received<T> | undefined = first; next?.ok === true; next = ch.tryRecv()) {
      values.push(next.value);
      if (values.length === max) break;
    }
  } catch {
    // A channel that was closed with a cause throws it once drained. The values in hand come first; the next receive gets the cause.
  }
  return values;
}
