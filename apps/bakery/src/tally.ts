import type { ShopEvent } from "./events.ts";

/** How the day went, by what could be seen from the street. */
export interface Summary {
  /** The most people that were ever inside. */
  readonly highest: number;
  readonly capacity: number;
  readonly sold: number;
  readonly left: number;
  /** How many came; the President is not among them. */
  readonly customers: number;
  /** How many of the customers went home with a chocolatine. */
  readonly served: number;
  readonly president: "served" | "empty-handed" | "refused" | "absent";
  readonly longestWait: { readonly who: string; readonly ms: number } | null;
  /** How often somebody went in before somebody who had come earlier and still stood outside. */
  readonly overtaken: number;
}

/** A party in the queue. */
export interface Guest {
  readonly who: string;
  readonly size: number;
  readonly since: number;
}

/** How full it was from an instant on. */
export interface Point {
  readonly t: number;
  readonly inside: number;
  readonly queue: number;
}

/** Watches a day: keeps account of what the events tell, and of nothing else. */
export class Tally {
  now = 0;
  capacity = 0;
  stock = 0;
  left = 0;
  inside = 0;
  /** In the order in which they came. */
  readonly queue = new Map<string, Guest>();
  /** One for each instant at which something happened. */
  readonly points: Point[] = [];
  /** When the President was inside. */
  readonly visit: { from?: number; to?: number } = {};
  soldOut: number | undefined;
  #highest = 0;
  #customers = 0;
  #served = 0;
  #president: Summary["president"] = "absent";
  #longestWait: Summary["longestWait"] = null;
  #overtaken = 0;

  add(event: ShopEvent): void {
    this.now = event.t;
    switch (event.event) {
      case "open":
        this.capacity = event.capacity;
        this.stock = event.stock;
        this.left = event.stock;
        break;
      case "arrive":
        if (isPresident(event.who)) this.#president = "empty-handed";
        else this.#customers += 1;
        this.queue.set(event.who, { who: event.who, size: event.size, since: event.t });
        break;
      case "refuse":
        this.queue.delete(event.who);
        if (isPresident(event.who)) this.#president = "refused";
        break;
      case "enter":
        this.#enter(event.who, event.size, event.waited);
        break;
      case "sell":
        this.left -= 1;
        break;
      case "sold-out":
        this.soldOut = event.t;
        break;
      case "leave":
        this.#leave(event.who, event.size, event.bought);
        break;
      case "give-up":
        this.#waited(event.who, event.waited);
        this.queue.delete(event.who);
        break;
      case "close":
        break;
    }
    // Of what happens in one instant only the end can be seen.
    if (this.points.at(-1)?.t === event.t) this.points.pop();
    this.points.push({ t: event.t, inside: this.inside, queue: this.queue.size });
  }

  summary(): Summary {
    return {
      highest: this.#highest,
      capacity: this.capacity,
      sold: this.stock - this.left,
      left: this.left,
      customers: this.#customers,
      served: this.#served,
      president: this.#president,
      longestWait: this.#longestWait,
      overtaken: this.#overtaken,
    };
  }

  #enter(who: string, size: number, waited: number): void {
    // The map has the order of arrival: whoever stands before this one was there first.
    for (const earlier of this.queue.keys()) {
      if (earlier === who) break;
      this.#overtaken += 1;
    }
    this.queue.delete(who);
    this.inside += size;
    this.#highest = Math.max(this.#highest, this.inside);
    this.#waited(who, waited);
    if (isPresident(who)) this.visit.from = this.now;
  }

  #leave(who: string, size: number, bought: number): void {
    this.inside -= size;
    if (isPresident(who)) {
      this.visit.to = this.now;
      if (bought > 0) this.#president = "served";
    } else if (bought > 0) {
      this.#served += 1;
    }
  }

  #waited(who: string, ms: number): void {
    if (ms > (this.#longestWait?.ms ?? -1)) this.#longestWait = { who, ms };
  }
}

export function isPresident(who: string): boolean {
  return who === "President";
}
