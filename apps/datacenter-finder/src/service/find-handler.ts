import type { Context } from "@conc/context";
import type { Request, Response } from "express";
import { formatDuration } from "../duration.ts";
import type { Report } from "../report.ts";
import { requestContext } from "../request-context.ts";
import { parseFindQuery } from "./find-query.ts";
import type { Finds } from "./finds.ts";
import { isAnswer } from "./is-answer.ts";
import { sendProblem } from "./problem.ts";
import type { Telemetry } from "./telemetry.ts";

/**
 * `GET /v1/find/:resource`. Finds run under `parent`: its end is the service's. `kept`: for how many milliseconds answers are kept, if they are.
 */
export function findHandler(finds: Finds, parent: Context, telemetry: Telemetry, kept?: number) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = parseFindQuery(request);
    using ctx = requestContext(parent, response);
    const { report, age } = await telemetry.watch(ctx, request, response, query, (ctx) => finds.shared(ctx, query));
    if (response.destroyed) return;
    if (kept !== undefined && isAnswer(report)) response.set(freshness(kept, age));
    answer(response, report, query.timeout);
  };
}

/** Whole seconds, as the headers have them: rather less fresh than it is. */
function freshness(kept: number, age: number | undefined): Record<string, string> {
  const control = { "cache-control": `max-age=${Math.floor(kept / 1000)}` };
  return age === undefined ? control : { ...control, age: String(Math.ceil(age / 1000)) };
}

function answer(response: Response, report: Report, timeout: number): void {
  switch (report.result) {
    case "found":
    case "not found":
      response.json(report);
      return;
    case "failed":
      sendProblem(response, 502, `${report.strategy} failed: ${report.error}`, report);
      return;
    case "deadline exceeded":
      sendProblem(response, 504, `no answer within ${formatDuration(timeout)}`, report);
      return;
    case "cancelled":
      sendProblem(response, 503, `${report.error}`, report);
  }
}
