import {
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  trace,
  type Context as TraceContext,
  type Tracer,
} from "@opentelemetry/api";
import type { Report } from "../report.ts";
import { FindTrace } from "./find-trace.ts";

const root = { root: true };

/** Spans of finds, where the program runs with an SDK of OpenTelemetry. */
export class Tracing {
  readonly #tracer: Tracer = trace.getTracer("datacenter-finder");
  // True from when an SDK is found: it may be registered after the service has begun.
  #isOn = false;

  /**
   * Begins the span of a find, below the one that is active, else below the one that the request's `traceparent` names. Undefined without an
   * SDK: then nothing more is done, read or kept.
   */
  find(requestId: string, query: Pick<Report, "resource" | "strategy">, headers: object): FindTrace | undefined {
    this.#isOn ||= isOfSdk(this.#tracer);
    if (!this.#isOn) return undefined;
    const active = context.active();
    const isInside = trace.getSpan(active) !== undefined;
    const parent: TraceContext = isInside ? active : propagation.extract(active, headers);
    const { resource, strategy } = query;
    const attributes = { "finder.request_id": requestId, "finder.resource": resource, "finder.strategy": strategy };
    const kind = isInside ? SpanKind.INTERNAL : SpanKind.SERVER;
    const span = this.#tracer.startSpan(`find by ${strategy}`, { kind, attributes }, parent);
    return new FindTrace(this.#tracer, span, trace.setSpan(parent, span));
  }
}

/** Spans of an SDK are known by their ids, sampled or not; those of the API's stand-in have none. */
function isOfSdk(tracer: Tracer): boolean {
  return isSpanContextValid(tracer.startSpan("probe", root).spanContext());
}
