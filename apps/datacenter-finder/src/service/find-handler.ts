import type { Context } from "@conc/context";
import type { Request, Response } from "express";
import { formatDuration } from "../duration.ts";
import type { Report } from "../report.ts";
import { requestContext } from "../request-context.ts";
import { parseFindQuery } from "./find-query.ts";
import type { Finds } from "./finds.ts";
import { sendProblem } from "./problem.ts";
import type { Telemetry } from "./telemetry.ts";

/** `GET /v1/find/:resource`. Finds run under `parent`: its end is the service's. */
export function findHandler(finds: Finds, parent: Context, telemetry: Telemetry) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = parseFindQuery(request);
    using ctx = requestContext(parent, response);
    const { report } = await telemetry.watch(ctx, request, response, query, (ctx) => finds.shared(ctx, query));
    if (!response.destroyed) answer(response, report, query.timeout);
  };
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
