import { type Context, withValue } from "@conc/context";
import type { Request, Response } from "express";
import type { Logger } from "pino";
import { type Caller, callerKey } from "../caller.ts";
import { reasonOf } from "../reason-of.ts";
import { Tracing } from "../trace/tracing.ts";
import type { FindQuery } from "./find-query.ts";
import type { Served } from "./finds.ts";
import { logFind } from "./log-find.ts";
import type { Metrics, RequestOutcome } from "./metrics.ts";
import { OverloadedError } from "./overloaded-error.ts";
import { requestIdOf } from "./request-id.ts";

/** What the service tells of its finds, for those who run it. */
export class Telemetry {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #tracing = new Tracing();

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** Lets a find be made for a request: counted, timed, traced and logged, however it ends. */
  async watch(
    ctx: Context,
    { headers }: Request,
    response: Response,
    query: FindQuery,
    serve: (ctx: Context) => Promise<Served>,
  ): Promise<Served> {
    const begin = performance.now();
    const requestId = requestIdOf(response);
    const trace = this.#tracing.find(requestId, query, headers);
    const caller: Caller = { requestId, headers: { "x-request-id": requestId }, trace };
    let outcome: RequestOutcome = "error";
    try {
      const served = await serve(withValue(ctx, callerKey, caller));
      outcome = served.report.result.replaceAll(" ", "_") as RequestOutcome;
      this.#served(caller, served);
      return served;
    } catch (error) {
      if (error instanceof OverloadedError) outcome = "refused";
      trace?.refused(reasonOf(error));
      throw error;
    } finally {
      this.#metrics.requestEnded(query.strategy, outcome, performance.now() - begin);
    }
  }

  #served(caller: Caller, served: Served): void {
    const { report, shared, leader, age } = served;
    if (age !== undefined) this.#metrics.requestCached();
    if (shared) this.#metrics.requestShared();
    if (leader?.trace !== undefined && leader !== caller) caller.trace?.sharesWith(leader.trace);
    caller.trace?.end(report);
    logFind(this.#logger, caller, served);
  }
}
