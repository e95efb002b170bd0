export { Budget, type BudgetOptions } from "./budget.ts";
export { ErrGroup, type ErrGroupOptions, type GroupTask } from "./err-group.ts";
export type { HedgeEvent } from "./hedge-event.ts";
export { type Delay, hedged, type HedgedOptions } from "./hedged.ts";
export { type Percentile, percentile, type PercentileOptions } from "./percentile.ts";
export { redundant, type RedundantOptions } from "./redundant.ts";
export { scatterGather, type ScatterGatherOptions } from "./scatter-gather.ts";
export { SupersededError } from "./superseded-error.ts";
export type { Ask, Settled, Winner } from "./types.ts";
