import type { RequestHandler } from "express";
import { sendProblem } from "./problem.ts";

/** Refuses requests that have a body, before a byte of it is read: there is nothing that one could be for. */
export function noBody(): RequestHandler {
  return ({ headers }, response, next) => {
    const length = headers["content-length"] ?? "0";
    if (length === "0" && headers["transfer-encoding"] === undefined) next();
    // Who has announced one will send it, so there is no next request on this connection.
    else sendProblem(response.set("connection", "close"), 413, "expected no body");
  };
}
