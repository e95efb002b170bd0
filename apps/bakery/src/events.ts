import type { Summary } from "./tally.ts";

/** How the shop keeps itself from being overcrowded. */
export type DoorKind = "weighted" | "channel" | "none";

/** What a day depends on: the same options give the same day, event for event. */
export interface DayOptions {
  readonly customers: number;
  /** How many people fit into the shop. */
  readonly capacity: number;
  /** How many chocolatines there are. */
  readonly stock: number;
  /** After how many customers the President comes. */
  readonly presidentAfter: number;
  readonly semaphore: DoorKind;
  readonly seed: number;
}

/** Something that happened; `t` is when, in milliseconds since the shop opened. Counts are those after the event. */
export type ShopEvent = { readonly t: number } & (
  | ({ readonly event: "open" } & DayOptions)
  | ({ readonly event: "arrive"; readonly queue: number } & WithParty)
  | ({ readonly event: "refuse"; readonly reason: string } & WithParty)
  | ({ readonly event: "enter"; readonly waited: number; readonly inside: number; readonly queue: number } & WithParty)
  | ({ readonly event: "sell"; readonly chocolatine: number; readonly left: number } & WithParty)
  | { readonly event: "sold-out"; readonly queue: number }
  | ({ readonly event: "leave"; readonly bought: number; readonly inside: number } & WithParty)
  | ({ readonly event: "give-up"; readonly waited: number; readonly queue: number } & WithParty)
  | ({ readonly event: "close" } & Summary)
);

interface WithParty {
  /** `#12` for a customer, or `President`. */
  readonly who: string;
  /** How many people come in together, and how many chocolatines they want. */
  readonly size: number;
}
