import { Semaphore, type SignalSource } from "@conc/sync";
import type { Door } from "./door.ts";

/** The weighted semaphore: a party of three takes three places, in one go, when its turn has come and there are three. */
export class WeightedDoor implements Door {
  readonly #places: Semaphore;
  #inside = 0;

  constructor(capacity: number) {
    this.#places = new Semaphore(capacity, { name: "shop" });
  }

  get settled(): boolean {
    return this.#places.capacity - this.#places.available === this.#inside;
  }

  async enter(size: number, cancel: SignalSource): Promise<() => void> {
    const held = await this.#places.acquire(size, cancel);
    this.#inside += size;
    return () => {
      this.#inside -= size;
      held.unlock();
    };
  }
}
