import { completedWith, failedWith, inspect, park, refusal, type SignalSource, Waiter } from "@conc/internal";
import { Iterator } from "./iterator.ts";
import { armReceive, type ReceivePort } from "./port.ts";
import { recvMany } from "./recv-many.ts";
import type { ChanIterator, Received } from "./types.ts";

/** A channel of any make, as far as its receiving side follows from `tryRecv` and `armReceive`. */
export abstract class Receiver<out T> implements ReceivePort<T> {
  abstract readonly length: number;
  abstract readonly capacity: number;

  abstract tryRecv(): Received<T> | undefined;

  abstract [armReceive](waiter: Waiter): void;

  abstract toString(): string;

  recv(cancel?: SignalSource): Promise<Received<T>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      const received = this.tryRecv();
      if (received !== undefined) return completedWith(received);
    } catch (cause) {
      return failedWith(cause);
    }
    const waiter = new Waiter();
    this[armReceive](waiter);
    return park(waiter, cancel);
  }

  recvMany(max: number, cancel?: SignalSource): Promise<T[]> {
    return recvMany(this, max, cancel);
  }

  [Symbol.asyncIterator](): ChanIterator<T> {
    return new Iterator(this);
  }

  [inspect](): string {
    return this.toString();
  }
}
