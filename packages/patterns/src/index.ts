export { ErrGroup, type ErrGroupOptions, type GroupTask } from "./err-group.ts";
export { hedged, type HedgedOptions } from "./hedged.ts";
export { redundant, type RedundantOptions } from "./redundant.ts";
export { scatterGather, type ScatterGatherOptions } from "./scatter-gather.ts";
export { SupersededError } from "./superseded-error.ts";
export type { Ask, Settled, Winner } from "./types.ts";
