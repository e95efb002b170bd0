import type { Context } from "@conc/context";
import type { Request, Response } from "express";
import type { Logger } from "pino";
import { find } from "../find.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { requestContext } from "../request-context.ts";
import { strategies } from "../strategies.ts";
import { EventStream } from "./event-stream.ts";
import { parseFindQuery } from "./find-query.ts";
import type { LiveEvent } from "./live-event.ts";
import { logFind } from "./log-find.ts";
import { stepOf } from "./step-of.ts";

/** `GET /v1/find/:resource/events`: a find, told as it happens. Finds run under `parent`: its end is the service's. */
export function eventsHandler(fleet: Fleet, parent: Context, logger: Logger) {
  return async (request: Request, response: Response): Promise<void> => {
    const { resource, strategy, timeout } = parseFindQuery(request);
    const finders = fleet.findersOf(strategy);
    const { options } = fleet;
    using ctx = requestContext(parent, response);
    const stream = new EventStream(response);
    const tell = ({ type, data }: LiveEvent) => stream.send(type, data);

    const datacenters = finders.map(({ name }) => name);
    const { waitsFor = null } = strategies[strategy];
    tell({ type: "begin", data: { resource, strategy, timeout, datacenters, waitsFor, options } });
    const report = await find(ctx, resource, {
      strategy,
      timeout,
      finders,
      options,
      observe: (event) => tell({ type: event.type, data: stepOf(event) }),
    });
    logFind(logger, report);
    tell({ type: "report", data: report });
    stream.end();
  };
}
