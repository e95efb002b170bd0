import type { Context } from "@conc/context";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { Logger } from "pino";
import type { Fleet } from "../fleet/fleet.ts";
import { strategies, strategyNames } from "../strategies.ts";
import { UsageError } from "../usage-error.ts";
import type { ClientLimits } from "./client-limits.ts";
import { eventsHandler } from "./events-handler.ts";
import { findHandler } from "./find-handler.ts";
import type { Finds } from "./finds.ts";
import type { Metrics } from "./metrics.ts";
import { noBody } from "./no-body.ts";
import { openApi } from "./openapi.ts";
import { OverloadedError } from "./overloaded-error.ts";
import { page } from "./page.ts";
import { sendProblem } from "./problem.ts";
import { requestId, requestIdOf } from "./request-id.ts";
import { security } from "./security.ts";
import { tailHandler } from "./tail-handler.ts";
import { Telemetry } from "./telemetry.ts";

export interface AppOptions {
  readonly fleet: Fleet;
  readonly finds: Finds;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** What finds run under. */
  readonly ctx: Context;
  readonly clients: ClientLimits;
  /** For how many milliseconds answers are kept; absent: not at all. */
  readonly cache?: number | undefined;
  /** Whether no more finds are to be taken. */
  readonly isDraining: () => boolean;
}

/** The service's routes. */
export function createApp({ fleet, finds, logger, metrics, ctx, clients, cache, isDraining }: AppOptions): Express {
  const app = express().disable("x-powered-by").disable("etag").set("query parser", "simple");

  const telemetry = new Telemetry(logger, metrics);
  const streams = { maxUnread: clients.maxUnread, onDrop: () => metrics.streamDropped() };

  app.use(requestId());
  app.use(security());
  app.use(noBody());
  // What may be kept says so itself.
  app.use((_, response, next) => {
    response.setHeader("cache-control", "no-store");
    next();
  });
  app.get("/healthz", (_, response) => {
    response.json({ status: "ok" });
  });

  app.get("/readyz", (_, response) => {
    if (isDraining()) sendProblem(response, 503, "the service is shutting down");
    else response.json({ status: "ready" });
  });

  app.get("/metrics", async (_, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  const description = openApi();
  app.get("/openapi.json", (_, response) => {
    response.json(description);
  });

  app.get("/v1/datacenters", (_, response) => {
    response.json({
      datacenters: fleet.datacenters.map(({ name, url, weight, timeout }) => ({ name, url, weight, timeout })),
      strategies: strategyNames.map((name) => ({
        name,
        summary: strategies[name].summary,
        datacenters: fleet.findersOf(name).map((finder) => finder.name),
      })),
      options: fleet.options,
    });
  });

  app.use(["/v1/find", "/v1/tail"], (_, response, next) => {
    if (isDraining()) sendProblem(response, 503, "the service is shutting down");
    else next();
  });
  app.get("/v1/find/:resource", findHandler(finds, ctx, telemetry, cache));
  app.get("/v1/find/:resource/events", eventsHandler(finds, fleet, ctx, telemetry, streams));
  app.get("/v1/tail/events", tailHandler(ctx, streams));
  // After all others: it looks for a file at each path that it is asked for.
  app.use(page());

  app.use((request, response) => {
    sendProblem(response, 404, `nothing is at ${request.method} ${request.path}; see /openapi.json`);
  });
  app.use(errorHandler(logger));
  return app;
}

function errorHandler(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const { status } = error as { status?: unknown };
    if (error instanceof UsageError) sendProblem(response, 400, error.message);
    else if (error instanceof OverloadedError) {
      logger.warn({ request: requestIdOf(response), url: request.url }, "refused: no room");
      sendProblem(response.set("retry-after", String(error.retryAfter)), 503, error.message);
    }
    // Express itself, of a path that cannot be decoded.
    else if (status === 400) sendProblem(response, 400, `path: expected a URL-encoded path, got ${request.url}`);
    else {
      logger.error({ request: requestIdOf(response), err: error, url: request.url }, "a mistake of ours");
      // In the middle of an answer: all that can still be said is that it will not be whole.
      if (response.headersSent) response.destroy();
      else sendProblem(response, 500, "a mistake of ours; the log has it");
    }
  };
}
