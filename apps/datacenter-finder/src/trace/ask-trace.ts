import { propagation, type Span, SpanStatusCode, type Context as TraceContext } from "@opentelemetry/api";
import { reasonOf } from "../reason-of.ts";

/** The span of a request to a datacenter. */
export class AskTrace {
  readonly #span: Span;
  /** What tells the datacenter which span it works for. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(span: Span, context: TraceContext) {
    this.#span = span;
    const headers: Record<string, string> = {};
    propagation.inject(context, headers);
    this.headers = headers;
  }

  answered(found: boolean): void {
    this.#end(found ? "found" : "not found");
  }

  failed(reason: unknown): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(reason) });
    this.#end("failed");
  }

  /** Not an error: the answer was not wanted any more. */
  cancelled(cause: unknown): void {
    this.#span.setAttribute("finder.reason", reasonOf(cause));
    this.#end("cancelled");
  }

  #end(outcome: string): void {
    this.#span.setAttribute("finder.outcome", outcome);
    this.#span.end();
  }
}
