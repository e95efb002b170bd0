import type { Context } from "@conc/context";
import type { Request, Response } from "express";
import type { Fleet } from "../fleet/fleet.ts";
import { requestContext } from "../request-context.ts";
import { strategies } from "../strategies.ts";
import { EventStream, type EventStreamOptions } from "./event-stream.ts";
import { parseFindQuery } from "./find-query.ts";
import type { Finds, Told } from "./finds.ts";
import type { LiveEvent } from "./live-event.ts";
import { stepOf } from "./step-of.ts";
import type { Telemetry } from "./telemetry.ts";

/** `GET /v1/find/:resource/events`: a find, told as it happens. Finds run under `parent`: its end is the service's. */
export function eventsHandler(
  finds: Finds,
  { options }: Fleet,
  parent: Context,
  telemetry: Telemetry,
  streams: EventStreamOptions,
) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = parseFindQuery(request);
    using ctx = requestContext(parent, response);
    // Begun only when the find is let in: a refusal has a status of its own.
    let stream: EventStream | undefined;
    const tell = ({ type, data }: LiveEvent) => {
      stream ??= new EventStream(response, streams);
      stream.send(type, data);
    };

    const told: Told = {
      begin: (finders) => {
        const { waitsFor = null } = strategies[query.strategy];
        tell({ type: "begin", data: { ...query, datacenters: finders.map(({ name }) => name), waitsFor, options } });
      },
      observe: (event) => tell({ type: event.type, data: stepOf(event) }),
    };
    const { report } = await telemetry.watch(ctx, request, response, query, (ctx) => finds.live(ctx, query, told));
    tell({ type: "report", data: report });
    stream?.end();
  };
}
