import { EventSourceParserStream } from "eventsource-parser/stream";

/** The service answered, but did not begin: a mistake in the question, or no room for it. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** There was no answer, or it ended before the find did. */
export class ServerGoneError extends Error {
  override readonly name = "ServerGoneError";
}

const goneInTheMiddle = "The service has gone before it had finished.";

/** An event as it comes over the wire. */
export interface WireEvent {
  readonly type: string;
  readonly data: unknown;
}

/**
 * A stream of the service's events, up to the one of the type `last`. Not with EventSource, which tells nothing of why it was refused, and asks
 * again of its own accord.
 *
 * @throws RefusedError, ServerGoneError; the signal's reason once that is aborted
 */
export async function* eventsOf(url: string, last: string, signal: AbortSignal): AsyncGenerator<WireEvent, void> {
  const response = await orGone(fetch(url, { signal }), signal, "The service cannot be reached. Is it still running?");
  if (!response.ok || response.body === null) throw new RefusedError(await reasonOf(response));

  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (;;) {
    const { value, done } = await orGone(reader.read(), signal, goneInTheMiddle);
    if (done) throw new ServerGoneError(goneInTheMiddle);
    const { event: type = "message", data } = value;
    yield { type, data: JSON.parse(data) as unknown };
    if (type === last) return;
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
  return wait === null ? detail : `Overloaded: ${detail}. It is worth another try in ${wait} s.`;
}
