export { DatacenterError } from "./datacenter-error.ts";
export { find, type Plan } from "./find.ts";
export type { Ending, FindEvent } from "./find-event.ts";
export type { Finder } from "./finder.ts";
export { HttpFinder, type HttpFinderOptions } from "./http-finder.ts";
export type { Outcome, Report } from "./report.ts";
export { type StrategyName, strategies, strategyNames } from "./strategies.ts";
export type { Answer, Strategy, StrategyOptions } from "./strategies/strategy.ts";
