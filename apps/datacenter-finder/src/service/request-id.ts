import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";

/** Ids of other makers: what cannot break a line of a log, or a header, and is no longer than one should be. */
const usable = /^[\w.:=+/@-]{1,128}$/;

/** Gives each request an id, that of its `X-Request-Id` if it has one that can be used, and answers with it. */
export function requestId(): RequestHandler {
  return (request, response, next) => {
    const given = request.get("x-request-id");
    const id = given !== undefined && usable.test(given) ? given : randomUUID();
    response.locals.requestId = id;
    response.setHeader("x-request-id", id);
    next();
  };
}

export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}
