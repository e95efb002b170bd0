import { isPresident } from "../tally.ts";

/** Who stands on a place of the shop floor. */
export interface Occupant {
  readonly who: string;
  readonly name: string;
  readonly since: number;
}

/** The places of the shop floor. Who has one stands there until they leave; with nothing at the door there are more people than places. */
export class Places {
  readonly #places: (Occupant | undefined)[] = [];

  constructor(capacity: number) {
    for (let at = 0; at < capacity; at++) this.#places.push(undefined);
  }

  enter(who: string, size: number, since: number): void {
    for (let member = 0; member < size; member++) {
      const name = isPresident(who) && member > 0 ? "bodyguard" : who;
      const free = this.#places.indexOf(undefined);
      this.#places[free === -1 ? this.#places.length : free] = { who, name, since };
    }
  }

  leave(who: string): void {
    for (const [at, occupant] of this.#places.entries()) {
      if (occupant?.who === who) this.#places[at] = undefined;
    }
  }

  /** One for each place; those past the shop's capacity only as far as somebody stands there. */
  list(capacity: number): readonly (Occupant | undefined)[] {
    const last = this.#places.findLastIndex((occupant) => occupant !== undefined);
    return this.#places.slice(0, Math.max(capacity, last + 1));
  }
}
