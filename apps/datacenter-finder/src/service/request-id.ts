import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler, Response } from "express";

/** Ids of other makers: what cannot break a line of a log, or a header, and is no longer than one should be. */
const usable = /^[\w.:=+/@-]{1,128}$/;

/** Gives each request an id, that of its `X-Request-Id` if it has one that can be used, and answers with it. */
export function requestId(): RequestHandler {
  return (request, response, next) => {
    const id = requestIdFor(request.headers);
    response.locals.requestId = id;
    response.setHeader("x-request-id", id);
    next();
  };
}

/** The id that a request with these headers gets. */
export function requestIdFor({ "x-request-id": given }: IncomingHttpHeaders): string {
  return typeof given === "string" && usable.test(given) ? given : randomUUID();
}

export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}
