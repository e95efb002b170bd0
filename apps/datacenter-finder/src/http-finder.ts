import type { IncomingMessage } from "node:http";
import { afterFunc, type Context, withTimeout } from "@conc/context";
import { callerKey } from "./caller.ts";
import { DatacenterError } from "./datacenter-error.ts";
import { formatDuration } from "./duration.ts";
import type { Finder } from "./finder.ts";
import { get, leave } from "./http-get.ts";
import { reasonOf } from "./reason-of.ts";
import { without } from "./secrets.ts";

/** Where a datacenter is, and how it is asked. */
export interface HttpFinderOptions {
  readonly name: string;
  /** What is asked: 200 is found, 404 is not found, anything else a failure. `{resource}` stands for the resource. */
  readonly url: string;
  readonly weight: number;
  /** How long it may take to answer, in milliseconds. */
  readonly timeout: number;
  /** What is sent as `Authorization`, and told to nobody else. */
  readonly authorization?: string | undefined;
}

/** How much of a failure's body is read for its reason. */
const longestBody = 4096;

/** Asks a datacenter over HTTP. The request ends with the context, on both sides. */
export class HttpFinder implements Finder {
  readonly name: string;
  readonly weight: number;
  readonly url: string;
  readonly timeout: number;
  readonly #authorization: string | undefined;

  constructor({ name, url, weight, timeout, authorization }: HttpFinderOptions) {
    this.name = name;
    this.url = url;
    this.weight = weight;
    this.timeout = timeout;
    this.#authorization = authorization;
  }

  async find(ctx: Context, resource: string): Promise<boolean> {
    using limited = withTimeout(ctx, this.timeout);
    try {
      return await this.#ask(limited, resource);
    } catch (error) {
      if (ctx.err !== undefined) throw ctx.err;
      if (limited.err !== undefined) {
        throw new DatacenterError(this.name, `no answer within ${formatDuration(this.timeout)}`, { cause: error });
      }
      if (error instanceof DatacenterError) throw error;
      throw new DatacenterError(this.name, reasonOf(error), { cause: error });
    }
  }

  async #ask(ctx: Context, resource: string): Promise<boolean> {
    // Those two stay as they are in a URL, and would lead to another path.
    if (resource === "." || resource === "..") {
      throw new DatacenterError(this.name, `expected a name of a resource, got ${resource}`);
    }
    const url = this.url.replaceAll("{resource}", () => encodeURIComponent(resource));
    // A redirect is no answer: to follow it would be to let a datacenter choose whom we ask, and with what.
    const response = await get(ctx, url, this.#headers(ctx));
    const { statusCode } = response;
    if (statusCode === 200 || statusCode === 404) {
      // The status is the answer. Of the body nothing more is wanted, however long or slow it is.
      leave(response);
      return statusCode === 200;
    }
    const reason = this.#masked(errorIn(await beginningOf(ctx, response)));
    throw new DatacenterError(this.name, reason ?? `expected status 200 or 404, got ${statusCode}`);
  }

  // Some tell in their errors what they were asked with.
  #masked(reason: string | undefined): string | undefined {
    if (reason === undefined || this.#authorization === undefined) return reason;
    return without([this.#authorization, this.#authorization.replace(/^\S+ +/, "")], reason);
  }

  #headers(ctx: Context): Record<string, string> {
    const headers = ctx.value(callerKey)?.headers;
    return this.#authorization === undefined ? { ...headers } : { ...headers, authorization: this.#authorization };
  }
}

async function beginningOf(ctx: Context, response: IncomingMessage): Promise<string> {
  const stop = afterFunc(ctx, () => response.destroy(ctx.err));
  let text = "";
  try {
    // Leaving the loop ends the connection.
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk as string;
      if (text.length > longestBody) break;
    }
  } finally {
    stop();
  }
  return text;
}

/** The reason that a JSON body gives as its `error` or, for a problem+json, its `detail`. */
function errorIn(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined; // No JSON, so it gives no reason that we could read.
  }
  const { error, detail } = (parsed ?? {}) as { error?: unknown; detail?: unknown };
  return [error, detail].find((reason) => typeof reason === "string");
}
