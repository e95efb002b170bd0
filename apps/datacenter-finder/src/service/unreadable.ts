import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ClientLimits } from "./client-limits.ts";
import { problemText, problemType } from "./problem.ts";

/** What Node's parser, or its clock, has to say of what came in. */
export interface ReadError extends Error {
  readonly code?: string;
  readonly reason?: string;
}

/** Answers a connection on which there is no request, and ends it: with Node's own statuses, which it would send without a body. */
export function answerUnreadable(error: ReadError, socket: Duplex, limits: ClientLimits): void {
  const [status, detail] = problemOf(error, limits);
  const body = problemText(status, detail);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

function problemOf({ code, reason }: ReadError, limits: ClientLimits): [status: number, detail: string] {
  const { headersTimeout, requestTimeout, maxHeaderSize } = limits;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return [408, `expected headers within ${headersTimeout} ms, and the request within ${requestTimeout} ms`];
  }
  if (code === "HPE_HEADER_OVERFLOW") return [431, `expected at most ${maxHeaderSize} bytes of headers`];
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return [413, "expected no body"];
  return [400, `expected a request of HTTP/1.1${reason === undefined ? "" : `: ${reason}`}`];
}
