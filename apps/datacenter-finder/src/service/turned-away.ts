import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { StrategyName } from "../strategies.ts";
import type { Metrics } from "./metrics.ts";
import { OverloadedError } from "./overloaded-error.ts";
import { problemType, problemText } from "./problem.ts";
import { requestIdFor } from "./request-id.ts";

/** How often the log is told, in milliseconds. */
const interval = 1000;

/** Requests that are refused with as little work as possible: each gets its answer and is counted, and the log is told how many there were. */
export class TurnedAway {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #body: string;
  readonly #headers: Readonly<Record<string, string | number>>;
  #untold = 0;
  // Set exactly while there is something untold.
  #timer: NodeJS.Timeout | undefined;

  constructor(logger: Logger, metrics: Metrics) {
    const { message, retryAfter } = new OverloadedError();
    this.#logger = logger;
    this.#metrics = metrics;
    this.#body = problemText(503, message);
    this.#headers = {
      "content-type": problemType,
      "content-length": Buffer.byteLength(this.#body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "retry-after": retryAfter,
    };
  }

  /** Answers a request for a find by `strategy`. */
  answer(request: IncomingMessage, response: ServerResponse, strategy: StrategyName): void {
    response.setHeader("x-request-id", requestIdFor(request.headers));
    response.writeHead(503, this.#headers).end(this.#body);
    this.#metrics.requestTurnedAway(strategy);
    this.#untold++;
    this.#timer ??= setTimeout(() => this.tell(), interval).unref();
  }

  /** Tells the log of those it has not been told of. */
  tell(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#logger.warn({ refused: this.#untold }, "refused: no room");
    this.#timer = undefined;
    this.#untold = 0;
  }
}
