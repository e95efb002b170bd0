import type { Report } from "../report.ts";

/** Whether a find has come to an answer, that it was found or that it was not: what another who asks may be told, too. */
export function isAnswer({ result }: Report): boolean {
  return result === "found" || result === "not found";
}
