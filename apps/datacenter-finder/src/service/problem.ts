import { STATUS_CODES } from "node:http";
import type { Response } from "express";

export const problemType = "application/problem+json; charset=utf-8";

/** What went wrong, as RFC 9457 has it. `more` are members of its own, such as the report of a find. */
export function problemText(status: number, detail: string, more: object = {}): string {
  return JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail, ...more });
}

/** Answers with it. */
export function sendProblem(response: Response, status: number, detail: string, more: object = {}): void {
  response
    .status(status)
    .set("content-type", problemType)
    .send(problemText(status, detail, more));
}
