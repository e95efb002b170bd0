/*
 * Invariant: what waits for the reader is at most `maxUnread` and one event; a reader who lets more pile up is dropped.
 */
import type { ServerResponse } from "node:http";

export interface EventStreamOptions {
  /** How many bytes may wait for the reader. */
  readonly maxUnread: number;
  /** The reader was dropped. */
  readonly onDrop: () => void;
}

/** An answer by server-sent events, for as long as its reader stays, and reads. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #options: EventStreamOptions;

  constructor(response: ServerResponse, options: EventStreamOptions) {
    this.#response = response;
    this.#options = options;
    // Not to be kept by anybody on the way, nor held back to be sent in one piece.
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.flushHeaders();
  }

  /** Tells the reader of something; nobody, if it has gone. JSON has no line breaks of its own, so one line holds it. */
  send(type: string, data: unknown): void {
    const response = this.#response;
    if (response.destroyed) return;
    if (response.writableLength > this.#options.maxUnread) {
      response.destroy();
      this.#options.onDrop();
      return;
    }
    response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** There is no more to tell. */
  end(): void {
    if (!this.#response.destroyed) this.#response.end();
  }
}
