import { STATUS_CODES } from "node:http";
import type { Response } from "express";

/** Answers with what went wrong, as RFC 9457 has it. `more` are members of its own, such as the report of a find. */
export function sendProblem(response: Response, status: number, detail: string, more: object = {}): void {
  response
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail, ...more }));
}
