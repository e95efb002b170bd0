import { describe, expect, it } from "vitest";
import type { ShopEvent } from "../src/events.ts";
import { Tally } from "../src/tally.ts";
import { usual } from "./support/watch-day.ts";

function tallyOf(...events: ShopEvent[]): Tally {
  const tally = new Tally();
  tally.add({ t: 0, event: "open", ...usual, capacity: 2, stock: 3 });
  for (const event of events) tally.add(event);
  return tally;
}

const arrive = (t: number, who: string): ShopEvent => ({ t, event: "arrive", who, size: 1, queue: 0 });
const enter = (t: number, who: string, waited = 0): ShopEvent => ({
  t,
  event: "enter",
  who,
  size: 1,
  waited,
  inside: 0,
  queue: 0,
});
const leave = (t: number, who: string, bought: number): ShopEvent => ({
  t,
  event: "leave",
  who,
  size: 1,
  bought,
  inside: 0,
});

describe("the tally", () => {
  it("sees who was overtaken", () => {
    const tally = tallyOf(
      arrive(1, "#1"),
      arrive(2, "#2"),
      arrive(3, "#3"),
      enter(4, "#3"),
      enter(5, "#1"),
      enter(6, "#2"),
    );
    expect(tally.summary()).toMatchObject({ overtaken: 2, highest: 3, capacity: 2 });
  });

  it("counts who was served, and what is left", () => {
    const sell: ShopEvent = { t: 3, event: "sell", who: "#1", size: 1, chocolatine: 1, left: 2 };
    const tally = tallyOf(
      arrive(1, "#1"),
      enter(1, "#1"),
      sell,
      leave(4, "#1", 1),
      arrive(5, "#2"),
      enter(5, "#2"),
      leave(6, "#2", 0),
    );
    expect(tally.summary()).toMatchObject({ served: 1, customers: 2, sold: 1, left: 2, president: "absent" });
  });

  it("knows the longest wait, also of one who got nothing for it", () => {
    const home: ShopEvent = { t: 90, event: "give-up", who: "#2", size: 1, waited: 88, queue: 0 };
    const tally = tallyOf(arrive(1, "#1"), arrive(2, "#2"), enter(50, "#1", 49), home);
    expect(tally.summary().longestWait).toEqual({ who: "#2", ms: 88 });
    expect(tally.queue.size).toBe(0);
  });

  it("keeps one point for each instant", () => {
    const tally = tallyOf(arrive(1, "#1"), enter(1, "#1"), arrive(5, "#2"));
    expect(tally.points).toEqual([
      { t: 0, inside: 0, queue: 0 },
      { t: 1, inside: 1, queue: 0 },
      { t: 5, inside: 1, queue: 1 },
    ]);
  });
});
