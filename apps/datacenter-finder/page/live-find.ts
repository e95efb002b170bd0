import type { LiveEvent } from "../src/service/live-event.ts";
import type { StrategyName } from "../src/strategies.ts";
import { eventsOf } from "./events-of.ts";

/** What a user asks for. */
export interface Question {
  readonly resource: string;
  readonly timeout: string;
}

/** A find's live events, up to its report; throws as {@link eventsOf}. */
export function liveFind(
  { resource, timeout }: Question,
  strategy: StrategyName,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent, void> {
  const query = new URLSearchParams({ strategy, ...(timeout === "" ? {} : { timeout }) });
  const url = `/v1/find/${encodeURIComponent(resource)}/events?${query}`;
  return eventsOf(url, "report", signal) as AsyncGenerator<LiveEvent, void>;
}
