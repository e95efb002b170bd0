import colors from "picocolors";
import type { FindEvent } from "../find-event.ts";
import { reasonOf } from "../reason-of.ts";

/** One line of the log, as the workshop's: `2026/01/31 12:00:00.075 INFO starting find datacenter=GRA`. */
export function logLine(
  level: "INFO" | "ERROR",
  message: string,
  members: Readonly<Record<string, unknown>>,
  at: Date,
): string {
  const pairs = Object.entries(members).map(([name, value]) => `${name}=${quoted(String(value))}`);
  const head = level === "ERROR" ? colors.red(level) : colors.green(level);
  return [colors.dim(stamp(at)), head, message, ...pairs].join(" ");
}

/** What happened to a datacenter, in the workshop's words. */
export function eventLine(event: FindEvent, at: Date): string {
  const { datacenter } = event;
  switch (event.type) {
    case "started":
      return logLine("INFO", "starting find", { datacenter }, at);
    case "answered":
      return logLine("INFO", "got result", { datacenter, found: event.found }, at);
    case "cancelled":
      return logLine("INFO", "deadline exceeded", { finder: datacenter, reason: reasonOf(event.reason) }, at);
    case "failed":
      return logLine("ERROR", "find failed", { datacenter, error: reasonOf(event.reason) }, at);
  }
}

function quoted(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : JSON.stringify(text);
}

function stamp(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())}`;
  const ms = String(at.getMilliseconds()).padStart(3, "0");
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}
