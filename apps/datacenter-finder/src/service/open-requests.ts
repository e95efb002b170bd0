/*
 * Invariant: #open has the answers that are not whole yet, and whose client is still there.
 */
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Context } from "@conc/context";
import { WaitGroup } from "@conc/sync";

/** The requests that have no whole answer yet. */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>();
  readonly #wg = new WaitGroup({ name: "requests" });
  readonly #onAnswered: (status: number) => void;
  #last = false;

  /** `onAnswered` hears of each whole answer. */
  constructor(onAnswered: (status: number) => void) {
    this.#onAnswered = onAnswered;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Whether an answer has begun on that connection and is not whole. */
  isAnswering(socket: Duplex): boolean {
    for (const response of this.#open) if (response.socket === socket && response.headersSent) return true;
    return false;
  }

  add(response: ServerResponse): void {
    this.#open.add(response);
    this.#wg.add();
    response.once("close", () => {
      this.#open.delete(response);
      if (response.writableFinished) this.#onAnswered(response.statusCode);
      this.#wg.done();
    });
    if (this.#last) response.setHeader("connection", "close");
  }

  /** From now on every answer is the last on its connection, and says so: also of those that are under way. */
  makeLast(): void {
    this.#last = true;
    for (const response of this.#open) if (!response.headersSent) response.setHeader("connection", "close");
  }

  /** Waits until there are none; whether that was before `ctx` was done. */
  async ended(ctx: Context): Promise<boolean> {
    try {
      await this.#wg.wait(ctx);
      return true;
    } catch (error) {
      if (ctx.err === undefined) throw error;
      return false;
    }
  }
}
