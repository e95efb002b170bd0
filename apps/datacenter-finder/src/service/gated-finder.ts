import type { Context } from "@conc/context";
import { Semaphore } from "@conc/sync";
import type { Finder } from "../finder.ts";

/** A finder that is asked only so much at a time, by all finds together. Waiting for it is waiting for its answer: a hedge sees it as late. */
export class GatedFinder implements Finder {
  readonly name: string;
  readonly weight: number;
  readonly #finder: Finder;
  readonly #gate: Semaphore;

  /** `capacity`: how much weight it takes at a time; one request at least. */
  constructor(finder: Finder, capacity: number) {
    this.name = finder.name;
    this.weight = finder.weight;
    this.#finder = finder;
    this.#gate = new Semaphore(Math.max(capacity, finder.weight), { name: finder.name });
  }

  /** How many requests wait for their turn. */
  get waiting(): number {
    return this.#gate.waiting;
  }

  find(ctx: Context, resource: string): Promise<boolean> {
    return this.#gate.run(() => this.#finder.find(ctx, resource), this.weight, ctx);
  }
}
