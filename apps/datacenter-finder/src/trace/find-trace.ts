import {
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context as TraceContext,
  type Tracer,
} from "@opentelemetry/api";
import type { Report } from "../report.ts";
import { AskTrace } from "./ask-trace.ts";

/** The span of a find. */
export class FindTrace {
  readonly #tracer: Tracer;
  readonly #span: Span;
  // That of the span.
  readonly #context: TraceContext;

  constructor(tracer: Tracer, span: Span, context: TraceContext) {
    this.#tracer = tracer;
    this.#span = span;
    this.#context = context;
  }

  get id(): string {
    return this.#span.spanContext().traceId;
  }

  /** The find's time in the queue is over. */
  letIn(): void {
    this.#span.addEvent("let in");
  }

  /** The datacenters are asked for another caller: there are the spans of their requests. */
  sharesWith(other: FindTrace): void {
    this.#span.addLink({ context: other.#span.spanContext() });
  }

  /** Begins the span of a request to a datacenter. */
  ask(datacenter: string): AskTrace {
    const options = { kind: SpanKind.CLIENT, attributes: { "finder.datacenter": datacenter } };
    const span = this.#tracer.startSpan(`ask ${datacenter}`, options, this.#context);
    return new AskTrace(span, trace.setSpan(this.#context, span));
  }

  /** The find has come to its report, which may be a bad one. */
  end({ result, datacenter, error = result }: Report): void {
    this.#span.setAttribute("finder.result", result);
    if (datacenter !== null) this.#span.setAttribute("finder.found_in", datacenter);
    if (result === "failed" || result === "deadline exceeded") this.#fail(error);
    this.#span.end();
  }

  /** There was no report. */
  refused(reason: string): void {
    this.#fail(reason);
    this.#span.end();
  }

  #fail(message: string): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message });
  }
}
