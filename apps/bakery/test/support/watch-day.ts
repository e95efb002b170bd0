import { background, type Context } from "@conc/context";
import { runDay } from "../../src/day.ts";
import type { DayOptions, ShopEvent } from "../../src/events.ts";

export const usual: DayOptions = {
  customers: 200,
  capacity: 5,
  stock: 200,
  presidentAfter: 100,
  semaphore: "weighted",
  seed: 1,
};

/** As fast as it goes: no real time passes between two instants. */
export const atOnce = Number.POSITIVE_INFINITY;

/** All that happens in a day. */
export async function watchDay(
  options: Partial<DayOptions> = {},
  speed = atOnce,
  ctx: Context = background(),
): Promise<ShopEvent[]> {
  const events: ShopEvent[] = [];
  await runDay({ ...usual, ...options }, { speed, emit: (event) => events.push(event) }, ctx);
  return events;
}

/** The events of some kinds, in order. */
export function of<K extends ShopEvent["event"]>(events: readonly ShopEvent[], ...kinds: K[]) {
  return events.filter((event): event is Extract<ShopEvent, { event: K }> => kinds.includes(event.event as K));
}
