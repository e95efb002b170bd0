import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Report } from "../../src/report.ts";

/**
 * Reads along what servers of this process write into streams of events, until the test ends. Gives the report of the last find by a
 * strategy: what the service itself has said, whatever the browser and the page have made of it.
 */
export function tapReports(): (strategy: string) => Report {
  const written = new Map<string, string>();
  const listener = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { pathname, searchParams } = new URL(request.url ?? "", "http://service");
    const strategy = searchParams.get("strategy");
    if (strategy === null || !pathname.endsWith("/events")) return;
    written.set(strategy, "");
    const write = response.write.bind(response) as (chunk: string) => boolean;
    response.write = (chunk: unknown) => {
      written.set(strategy, `${written.get(strategy)}${chunk}`);
      return write(chunk as string);
    };
  };
  subscribe("http.server.request.start", listener);
  onTestFinished(() => void unsubscribe("http.server.request.start", listener));
  return (strategy) => {
    const [, data] = /^event: report\ndata: (.*)$/m.exec(written.get(strategy) ?? "") ?? [];
    if (data === undefined) throw new Error(`the service has not reported of ${strategy}`);
    return JSON.parse(data) as Report;
  };
}
