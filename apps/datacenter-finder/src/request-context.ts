import type { ServerResponse } from "node:http";
import { type CancelContext, type Context, withCancel } from "@conc/context";

/** Why a request's context was cancelled: whoever asked has gone. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
  readonly code = "ERR_CLIENT_GONE";

  constructor() {
    super("the client has gone");
  }
}

/** A context that ends with the request: cancelled when the client goes away before it has its answer. */
export function requestContext(parent: Context, response: ServerResponse): CancelContext {
  const ctx = withCancel(parent);
  response.once("close", () => ctx.cancel(response.writableFinished ? undefined : new ClientGoneError()));
  return ctx;
}
