/*
 * The time of the shop, which can pass at any speed. Between two instants of it everything that can happen does, and only then the
 * next one comes: so a day is the same event for event, at every speed and on every machine.
 *
 * Invariant: a sleeper is in #sleepers until its time has come or the day has ended.
 */
import { Chan, sleep, yieldNow } from "@conc/chan";
import type { Context } from "@conc/context";
import TinyQueue from "tinyqueue";

interface Sleeper {
  readonly due: number;
  readonly order: number;
  /** Closed when the time has come. */
  readonly bell: Chan<never>;
}

/** Real time is let pass in portions of so many milliseconds: shorter sleeps would take longer than they say. */
const portion = 16;

export class ShopClock {
  readonly #sleepers = new TinyQueue<Sleeper>([], (a, b) => a.due - b.due || a.order - b.order);
  #now = 0;
  #order = 0;

  /** Milliseconds since the shop opened. */
  get now(): number {
    return this.#now;
  }

  /** How many sleep. */
  get asleep(): number {
    return this.#sleepers.length;
  }

  /** Waits so many milliseconds of the shop's time. */
  async sleep(ms: number, ctx: Context): Promise<void> {
    const bell = new Chan<never>();
    this.#sleepers.push({ due: this.#now + ms, order: this.#order++, bell });
    await bell.recv(ctx);
  }

  /**
   * Lets time pass until nobody sleeps any more.
   *
   * @param speed milliseconds of the shop in one of ours
   * @param isQuiet whether everybody sleeps, or waits for somebody who does
   */
  async run(speed: number, isQuiet: () => boolean, ctx: Context): Promise<void> {
    let owed = 0;
    for (;;) {
      do await yieldNow();
      while (ctx.err === undefined && !isQuiet());
      if (ctx.err !== undefined) throw ctx.err;
      const next = this.#sleepers.pop();
      if (next === undefined) return;
      owed += (next.due - this.#now) / speed;
      if (owed >= portion) {
        await sleep(owed, ctx);
        owed = 0;
      }
      this.#now = next.due;
      next.bell.close();
    }
  }
}
