import type { Context } from "@conc/context";
import { Semaphore } from "@conc/sync";
import type { Request, Response } from "express";
import { requestContext } from "../request-context.ts";
import { strategyNames } from "../strategies.ts";
import { runTail } from "../tail/run-tail.ts";
import { EventStream, type EventStreamOptions } from "./event-stream.ts";
import { OverloadedError } from "./overloaded-error.ts";
import { parseTailQuery } from "./tail-query.ts";

/** `GET /v1/tail/events`: each strategy in turn against a fleet with a long tail. One at a time, so that one does not slow down another. */
export function tailHandler(parent: Context, streams: EventStreamOptions) {
  const turn = new Semaphore(1, { name: "tail" });
  return async (request: Request, response: Response): Promise<void> => {
    const { finds } = parseTailQuery(request.query);
    using held = turn.tryAcquire();
    if (held === undefined) throw new OverloadedError();
    using ctx = requestContext(parent, response);
    const stream = new EventStream(response, streams);
    stream.send("begin", { finds, strategies: strategyNames });
    try {
      for (const strategy of strategyNames) stream.send("tail", await runTail(ctx, { strategy, finds }));
    } catch (error) {
      // Nobody reads it any more, or the service is shutting down: without its end a reader knows that it is not whole.
      if (ctx.err === undefined) throw error;
      response.destroy();
      return;
    }
    stream.send("end", {});
    stream.end();
  };
}
