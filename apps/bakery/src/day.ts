/*
 * Invariants, whenever the shop's clock goes on:
 * - every task sleeps, or is in #queue and waits at the door; so the next thing that happens is that somebody wakes;
 * - a chocolatine is on the #shelf or was sold to one party: a value that is received from a channel is received once.
 */
import { Chan } from "@conc/chan";
import { type CancelContext, type Context, withCancel } from "@conc/context";
import { WaitGroup } from "@conc/sync";
import { crowd, type Party } from "./crowd.ts";
import { ChannelDoor } from "./doors/channel-door.ts";
import type { Door } from "./doors/door.ts";
import { OpenDoor } from "./doors/open-door.ts";
import { WeightedDoor } from "./doors/weighted-door.ts";
import type { DayOptions, ShopEvent } from "./events.ts";
import { ShopClock } from "./shop-clock.ts";
import { type Summary, Tally } from "./tally.ts";

export interface Observation {
  /** Milliseconds of the shop in one of ours. */
  readonly speed: number;
  readonly emit: (event: ShopEvent) => void;
}

/** Runs a day from opening to closing. A cancel ends it at once, with the context's error. */
export async function runDay(options: DayOptions, { speed, emit }: Observation, ctx: Context): Promise<Summary> {
  const tally = new Tally();
  const day = new Day(
    options,
    (event) => {
      tally.add(event);
      emit(event);
    },
    ctx,
  );
  const t = await day.run(speed);
  const summary = tally.summary();
  emit({ t, event: "close", ...summary });
  return summary;
}

type WithoutTime<E> = E extends unknown ? Omit<E, "t"> : never;

class Day {
  readonly #options: DayOptions;
  readonly #emit: (event: ShopEvent) => void;
  readonly #ctx: Context;
  readonly #clock = new ShopClock();
  readonly #door: Door;
  readonly #shelf: Chan<number>;
  /** "Sold out" on the door: whoever waits for a place gives up. */
  readonly #sign: CancelContext;
  readonly #tasks = new WaitGroup();
  /** Who waits at the door. */
  readonly #queue = new Set<Party>();
  #inside = 0;

  constructor(options: DayOptions, emit: (event: ShopEvent) => void, ctx: Context) {
    this.#options = options;
    this.#emit = emit;
    this.#ctx = ctx;
    this.#sign = withCancel(ctx);
    this.#door = doorOf(options);
    this.#shelf = new Chan<number>(options.stock, { name: "shelf" });
    for (let chocolatine = 1; chocolatine <= options.stock; chocolatine++) this.#shelf.trySend(chocolatine);
    this.#shelf.close();
  }

  /** Gives the time of closing. */
  async run(speed: number): Promise<number> {
    using _ = this.#sign;
    this.#tell({ event: "open", ...this.#options });
    if (this.#shelf.length === 0) this.#turnTheSign();
    this.#tasks.go(() => this.#unlessOver(this.#street()));
    await Promise.all([this.#clock.run(speed, () => this.#isQuiet(), this.#ctx), this.#tasks.wait()]);
    return this.#clock.now;
  }

  /** The customers come, each when it is their time. */
  async #street(): Promise<void> {
    for (const party of crowd(this.#options)) {
      await this.#clock.sleep(party.gap, this.#ctx);
      this.#tasks.go(() => this.#unlessOver(this.#visit(party)));
    }
  }

  async #visit(party: Party): Promise<void> {
    const { who, size } = party;
    const arrived = this.#clock.now;
    this.#queue.add(party);
    this.#tell({ event: "arrive", who, size, queue: this.#queue.size });
    let leave: () => void;
    try {
      leave = await this.#door.enter(size, this.#sign);
    } catch (error) {
      this.#queue.delete(party);
      this.#turnAway(party, this.#clock.now - arrived, error);
      return;
    }
    this.#queue.delete(party);
    this.#inside += size;
    const waited = this.#clock.now - arrived;
    this.#tell({ event: "enter", who, size, waited, inside: this.#inside, queue: this.#queue.size });
    const bought = await this.#buy(party);
    this.#inside -= size;
    this.#tell({ event: "leave", who, size, bought, inside: this.#inside });
    leave();
  }

  async #buy({ who, size, choosing, paying }: Party): Promise<number> {
    await this.#clock.sleep(choosing, this.#ctx);
    let bought = 0;
    while (bought < size) {
      const { value: chocolatine, ok } = await this.#shelf.recv(this.#ctx);
      if (!ok) break;
      bought += 1;
      this.#tell({ event: "sell", who, size, chocolatine, left: this.#shelf.length });
      if (this.#shelf.length === 0) this.#turnTheSign();
    }
    await this.#clock.sleep(bought > 0 ? paying : 0, this.#ctx);
    return bought;
  }

  #turnAway({ who, size }: Party, waited: number, error: unknown): void {
    if (error instanceof RangeError) {
      const reason = `a party of ${size} does not fit into a shop for ${this.#options.capacity}`;
      this.#tell({ event: "refuse", who, size, reason });
    } else if (this.#sign.err !== undefined && this.#ctx.err === undefined) {
      this.#tell({ event: "give-up", who, size, waited, queue: this.#queue.size });
    } else {
      throw error;
    }
  }

  #turnTheSign(): void {
    this.#tell({ event: "sold-out", queue: this.#queue.size });
    this.#sign.cancel(new Error("sold out"));
  }

  // Everybody who can go on has gone on: nobody is on the way from the door, let in or turned away, who has not heard of it yet.
  #isQuiet(): boolean {
    const isTold = this.#door.settled && (this.#sign.err === undefined || this.#queue.size === 0);
    return isTold && this.#clock.asleep + this.#queue.size === this.#tasks.count;
  }

  // A day that is broken off breaks off every task, with the same error, which is told once.
  async #unlessOver(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (error) {
      if (this.#ctx.err === undefined) throw error;
    }
  }

  #tell(event: WithoutTime<ShopEvent>): void {
    this.#emit({ t: this.#clock.now, ...event } as ShopEvent);
  }
}

function doorOf({ semaphore, capacity }: DayOptions): Door {
  switch (semaphore) {
    case "weighted":
      return new WeightedDoor(capacity);
    case "channel":
      return new ChannelDoor(capacity);
    case "none":
      return new OpenDoor();
  }
}
