import { type ClientRequest, get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { afterFunc, type Context } from "@conc/context";

/**
 * Asks over HTTP or HTTPS, on a connection that is kept for the next one. Gives the answer as soon as its head is there; redirects are not followed.
 * The end of `ctx` ends the request until then; its body is the caller's to read or to leave.
 *
 * By Node's own client and not by `fetch`, whose streams and signals cost some three times as much processor time, for an answer of which only
 * the status is wanted; and which never settles when the status is one that a `Response` cannot have.
 *
 * @throws (rejects with) the context's error once that is done; what the connection failed with
 */
export function get(
  ctx: Context,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (ctx.err !== undefined) {
      reject(ctx.err);
      return;
    }
    const request = (url.startsWith("https:") ? httpsGet : httpGet)(url, { headers });
    const stop = afterFunc(ctx, () => request.destroy(ctx.err));
    let answered = false;
    request.once("response", (response) => {
      answered = true;
      stop();
      resolve(response);
    });
    request.once("close", () => {
      stop();
      // Node says no more than this when a server wants to go over to another protocol.
      reject(ctx.err ?? new Error("the connection was closed before there was an answer"));
    });
    request.on("error", (error) => {
      // Told of the request too when a reset ends the body, with which nobody wants to begin anew.
      if (!answered && ctx.err === undefined && wasStale(request, error)) resolve(get(ctx, url, headers));
      else reject(error);
    });
  });
}

/** Gives up what has not come of a body, unless it is whole already: then the connection can be kept. */
export function leave(response: IncomingMessage): void {
  response.resume();
  // What has come in one piece with the head is there in this turn of the event loop.
  setImmediate(() => {
    if (!response.complete) response.destroy();
  });
}

/** Whether the server had closed a kept connection, idle for too long, before it saw the request: that is no answer to it. */
function wasStale({ reusedSocket }: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return reusedSocket && error.code === "ECONNRESET";
}
