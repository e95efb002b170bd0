import type { DayOptions, ShopEvent } from "./events.ts";
import { isPresident, type Summary } from "./tally.ts";

const opening = 7 * 60 * 60;

/** The time of day: the shop opens at 07:00:00. */
export function timeOfDay(t: number): string {
  const seconds = opening + Math.floor(t / 1000);
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => twoDigits(Math.floor(part))).join(":");
}

/** A duration as minutes and seconds. */
export function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
}

/** What an event is in words; undefined for those that another one tells as well. */
export function wordsOf(event: ShopEvent): string | undefined {
  switch (event.event) {
    case "open":
      return `the shop opens: ${event.stock} chocolatines, ${doorWords(event)}`;
    case "arrive":
      if (isPresident(event.who)) return "the President comes, with two bodyguards: three places, please";
      return undefined;
    case "refuse":
      return `${subject(event.who)} is refused: ${event.reason}`;
    case "enter":
      return `${subject(event.who)} enters after ${minutes(event.waited)}, ${event.inside} inside, ${event.queue} in the queue`;
    case "sell":
      return undefined;
    case "sold-out":
      return `sold out: the sign goes up, ${event.queue} in the queue`;
    case "leave":
      return `${subject(event.who)} leaves with ${event.bought === 0 ? "nothing" : event.bought}, ${event.inside} inside`;
    case "give-up":
      return `${subject(event.who)} goes home after ${minutes(event.waited)}: sold out`;
    case "close":
      return "the shop closes";
  }
}

/** Whether an event is one of those that people talk about. */
export function isNotable(event: ShopEvent): boolean {
  return event.event === "sold-out" || ("who" in event && isPresident(event.who));
}

export function doorWords({ semaphore, capacity }: Pick<DayOptions, "semaphore" | "capacity">): string {
  const people = capacity === 1 ? "one person" : `${capacity} people`;
  if (semaphore === "none") return `room for ${people}, and nothing that keeps more out`;
  return `${people} at most, by ${semaphore === "weighted" ? "a weighted semaphore" : "a buffered channel"}`;
}

/** The closing lines. */
export function summaryLines(summary: Summary): readonly (readonly [label: string, text: string])[] {
  const { highest, capacity, sold, left, customers, served, president, longestWait, overtaken } = summary;
  return [
    ["highest occupancy", `${highest} of ${capacity}${highest > capacity ? ": over the limit" : ", never above"}`],
    ["chocolatines", `${sold} sold, each once; ${left} left`],
    ["customers served", `${served} of ${customers}`],
    ["the President", president === "absent" ? "did not come" : president],
    ["longest wait", longestWait === null ? "nobody came" : `${minutes(longestWait.ms)}, ${longestWait.who}`],
    ["overtaken", overtaken === 0 ? "nobody" : `${overtaken} times`],
  ];
}

function subject(who: string): string {
  return isPresident(who) ? "the President" : who;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, "0");
}
