import { EventSourceParserStream } from "eventsource-parser/stream";
import type { LiveEvent } from "../src/service/live-event.ts";
import type { StrategyName } from "../src/strategies.ts";

/** What a user asks for. */
export interface Question {
  readonly resource: string;
  readonly timeout: string;
}

/** The service answered, but did not begin: a mistake in the question, or no room for it. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** There was no answer, or it ended before the find did. */
export class ServerGoneError extends Error {
  override readonly name = "ServerGoneError";
}

const goneInTheMiddle = "The service has gone in the middle of the find.";

/**
 * A find's live events, up to its report. Not with EventSource, which tells nothing of why it was refused, and asks again of its own accord.
 *
 * @throws RefusedError, ServerGoneError; the signal's reason once that is aborted
 */
export async function* liveFind(
  { resource, timeout }: Question,
  strategy: StrategyName,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent, void> {
  const query = new URLSearchParams({ strategy, ...(timeout === "" ? {} : { timeout }) });
  const response = await orGone(
    fetch(`/v1/find/${encodeURIComponent(resource)}/events?${query}`, { signal }),
    signal,
    "The service cannot be reached. Is it still running?",
  );
  if (!response.ok || response.body === null) throw new RefusedError(await reasonOf(response));

  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (;;) {
    const { value, done } = await orGone(reader.read(), signal, goneInTheMiddle);
    if (done) throw new ServerGoneError(goneInTheMiddle);
    const event = { type: value.event, data: JSON.parse(value.data) as unknown } as LiveEvent;
    yield event;
    if (event.type === "report") return;
  }
}

/** What a fetch rejects with says nothing of the cause: that nobody is there. */
async function orGone<T>(promise: Promise<T>, signal: AbortSignal, message: string): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    signal.throwIfAborted();
    throw new ServerGoneError(message, { cause });
  }
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) {
    return `expected a problem's description with status ${response.status}, got ${text.slice(0, 80)}`;
  }
  const { detail } = JSON.parse(text) as { detail: string };
  const wait = response.headers.get("retry-after");
  return wait === null ? detail : `${detail} Try again in ${wait} s.`;
}
