import { Chan } from "@conc/chan";
import type { SignalSource } from "@conc/sync";
import type { Door } from "./door.ts";

/**
 * The semaphore of the workshop: a buffered channel with room for so many people. Who comes in puts something into it, who leaves takes
 * something out.
 *
 * It knows only single places. A party's members queue one behind the other and the first of them wait inside for the rest: the
 * places they stand on are lost to everybody until then. What the weighted semaphore does by itself has to be written out: to refuse a
 * party that could never be complete, and to send out again those who are in when the others give up.
 */
export class ChannelDoor implements Door {
  readonly #people: Chan<"somebody">;
  #inside = 0;

  constructor(capacity: number) {
    this.#people = new Chan(capacity, { name: "shop" });
  }

  get settled(): boolean {
    return this.#people.length === this.#inside;
  }

  async enter(size: number, cancel: SignalSource): Promise<() => void> {
    const { capacity } = this.#people;
    if (size > capacity) throw new RangeError(`size: expected at most the capacity, ${capacity}, got ${size}`);
    // All in the same step, so that nobody gets between them. One by one, two parties could each hold what the other needs.
    const entries = await Promise.allSettled(Array.from({ length: size }, () => this.#enterOne(cancel)));
    const refused = entries.find((entry) => entry.status === "rejected");
    if (refused === undefined) return () => this.#leave(size);
    this.#leave(entries.filter((entry) => entry.status === "fulfilled").length);
    throw refused.reason;
  }

  async #enterOne(cancel: SignalSource): Promise<void> {
    await this.#people.send("somebody", cancel);
    this.#inside += 1;
  }

  #leave(size: number): void {
    for (let left = size; left > 0; left--) {
      this.#inside -= 1;
      this.#people.tryRecv();
    }
  }
}
