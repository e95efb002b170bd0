import { runtime } from "@conc/internal";

interface Headers {
  get(name: string): string | null;
}

/**
 * How many milliseconds a failed server asks to be left alone, by what its error says: a number `retryAfter` of milliseconds,
 * or a `retry-after` header, of the error or of its `response`, as HTTP has it: seconds or a date. Negative: for good.
 * `undefined`: it asks for nothing.
 */
export function pushbackOf(error: unknown): number | undefined {
  const { retryAfter, headers, response } = (error ?? {}) as {
    retryAfter?: unknown;
    headers?: unknown;
    response?: { headers?: unknown };
  };
  if (typeof retryAfter === "number") return retryAfter;
  const text = header(headers) ?? header(response?.headers);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  const date = Date.parse(text);
  // It has asked for something, and nobody can tell for what.
  return Number.isNaN(date) ? -1 : Math.max(0, date - runtime.clock.date());
}

// Headers of fetch, and plain objects as Node and axios have them.
function header(headers: unknown): string | undefined {
  if (typeof headers !== "object" || headers === null) return undefined;
  const text =
    typeof (headers as Headers).get === "function"
      ? (headers as Headers).get("retry-after")
      : (headers as Record<string, unknown>)["retry-after"];
  return typeof text === "string" || typeof text === "number" ? String(text) : undefined;
}
