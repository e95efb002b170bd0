import type { Response } from "express";

/** An answer by server-sent events, for as long as its reader stays. */
export class EventStream {
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
    // Not to be kept by anybody on the way, nor held back to be sent in one piece.
    response.status(200).set({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.flushHeaders();
  }

  /** Tells the reader of something; nobody, if it has gone. JSON has no line breaks of its own, so one line holds it. */
  send(type: string, data: unknown): void {
    if (!this.#response.destroyed) this.#response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
