export { crowd, type Party } from "./crowd.ts";
export { runDay, type Observation } from "./day.ts";
export { ChannelDoor } from "./doors/channel-door.ts";
export type { Door } from "./doors/door.ts";
export { OpenDoor } from "./doors/open-door.ts";
export { WeightedDoor } from "./doors/weighted-door.ts";
export type { DayOptions, DoorKind, ShopEvent } from "./events.ts";
export { ShopClock } from "./shop-clock.ts";
export { type Guest, type Point, type Summary, Tally } from "./tally.ts";
