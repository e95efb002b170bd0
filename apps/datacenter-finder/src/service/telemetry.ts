import { type Context, withValue } from "@conc/context";
import type { Logger } from "pino";
import { type Caller, callerKey } from "../caller.ts";
import type { FindQuery } from "./find-query.ts";
import type { Served } from "./finds.ts";
import { logFind } from "./log-find.ts";
import type { Metrics, RequestOutcome } from "./metrics.ts";
import { OverloadedError } from "./overloaded-error.ts";

/** What the service tells of its finds, for those who run it. */
export class Telemetry {
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** Lets a find be made for a caller: counted, timed and logged, however it ends. */
  async watch(
    ctx: Context,
    caller: Caller,
    query: FindQuery,
    serve: (ctx: Context) => Promise<Served>,
  ): Promise<Served> {
    const begin = performance.now();
    let outcome: RequestOutcome = "error";
    try {
      const served = await serve(withValue(ctx, callerKey, caller));
      outcome = served.report.result.replaceAll(" ", "_") as RequestOutcome;
      logFind(this.#logger, caller, served);
      if (served.shared) this.#metrics.requestShared();
      return served;
    } catch (error) {
      if (error instanceof OverloadedError) outcome = "refused";
      throw error;
    } finally {
      this.#metrics.requestEnded(query.strategy, outcome, performance.now() - begin);
    }
  }
}
