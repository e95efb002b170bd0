import { createDocument, type ZodOpenApiResponseObject } from "zod-openapi";
import type { z } from "zod";
import { headerSchema, pathSchema, querySchema } from "./find-query.ts";
import { findProblem, fleet, problem, report, state, tail } from "./schemas.ts";
import { tailQuerySchema } from "./tail-query.ts";

/** The service's description: made of the schemas that its queries are checked with. */
export function openApi(): object {
  const requestParams = { path: pathSchema, query: querySchema, header: headerSchema };
  const refusals = {
    400: problemAs("the question makes no sense: what was expected, and what was got", problem),
    413: problemAs("the request has a body, and nothing is that one could be for", problem),
  };
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "datacenter-finder",
      version: "1",
      description: "Which datacenter has a resource: one question to a fleet of HTTP datacenters, by eight strategies.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    components: { schemas: { Tail: tail } },
    paths: {
      "/v1/find/{resource}": {
        get: {
          operationId: "find",
          summary: "Finds a resource",
          requestParams,
          responses: {
            200: { ...json("it was found, or it was not: `found` tells", report), headers: freshness },
            ...refusals,
            502: problemAs("every datacenter failed; with errgroup, one", findProblem),
            503: unavailable,
            504: problemAs("the deadline passed", findProblem),
          },
        },
      },
      "/v1/find/{resource}/events": {
        get: {
          operationId: "findLive",
          summary: "Finds a resource, told as it happens",
          description:
            "Server-sent events: `begin`, then `started`, `answered`, `failed` and `cancelled` as each happens to a datacenter, and at last " +
            "`report`, whose data is a Report, however the find ended.",
          requestParams,
          responses: {
            200: { description: "the events", content: { "text/event-stream": { schema: { type: "string" } } } },
            ...refusals,
            503: unavailable,
          },
        },
      },
      "/v1/tail/events": {
        get: {
          operationId: "tail",
          summary: "How each strategy fares against a fleet with a long tail",
          description:
            "Server-sent events: `begin`, a `tail` for each strategy in turn, whose data is a Tail, and `end`. One reader at a time.",
          requestParams: { query: tailQuerySchema },
          responses: {
            200: { description: "the events", content: { "text/event-stream": { schema: { type: "string" } } } },
            ...refusals,
            503: unavailable,
          },
        },
      },
      "/v1/datacenters": {
        get: {
          operationId: "datacenters",
          summary: "The fleet, and which of it each strategy asks",
          responses: { 200: json("the fleet", fleet) },
        },
      },
      "/metrics": {
        get: {
          operationId: "metrics",
          summary: "What is counted and measured, in Prometheus' text format",
          responses: { 200: { description: "the samples", content: { "text/plain": { schema: { type: "string" } } } } },
        },
      },
      "/healthz": {
        get: {
          operationId: "health",
          summary: "Whether the process lives",
          responses: { 200: json("it does", state) },
        },
      },
      "/readyz": {
        get: {
          operationId: "readiness",
          summary: "Whether it takes requests",
          responses: { 200: json("it does", state), 503: problemAs("it is shutting down", problem) },
        },
      },
    },
  });
}

const freshness: ZodOpenApiResponseObject["headers"] = {
  "Cache-Control": { description: "for how many seconds it may be kept, if at all", schema: { type: "string" } },
  Age: { description: "how many seconds ago it was found out, if it was kept", schema: { type: "integer" } },
};

const unavailable: ZodOpenApiResponseObject = {
  ...problemAs("the service is shutting down, or has no room for more", findProblem),
  headers: {
    "Retry-After": { description: "after how many seconds it is worth another try", schema: { type: "integer" } },
  },
};

function json(description: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return { description, content: { "application/json": { schema } } };
}

function problemAs(description: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return { description, content: { "application/problem+json": { schema } } };
}
