import { z } from "zod";
import { strategyNames } from "../strategies.ts";

// What the service answers, for its description. The tests hold real answers against it.

const milliseconds = z.number().min(0).meta({ description: "milliseconds" });
const time = z.number().min(0).meta({ description: "milliseconds from the find's beginning" });
const name = z.string().meta({ examples: ["SBG"] });
const strategy = z.enum(strategyNames);

export const strategyOptions = z.strictObject({
  hedgeDelay: milliseconds.meta({ description: "after how long without an answer the next datacenter is asked" }),
  limit: z.int().min(1).meta({ description: "how many datacenters are asked at a time, by semaphore" }),
  capacity: z.int().min(1).meta({ description: "how much weight is asked at a time, by wsemaphore" }),
});

const outcome = z
  .strictObject({
    datacenter: name,
    outcome: z.enum(["answered", "failed", "cancelled", "running", "not started"]),
    found: z.boolean().optional().meta({ description: "whether it has the resource, if it answered" }),
    reason: z.string().optional().meta({ description: "why it failed or was cancelled" }),
    startedAt: time.optional(),
    endedAt: time.optional(),
  })
  .meta({ id: "Outcome", description: "what became of one datacenter" });

export const report = z
  .strictObject({
    resource: z.string(),
    strategy,
    result: z.enum(["found", "not found", "failed", "deadline exceeded", "cancelled"]),
    found: z.boolean(),
    datacenter: name.nullable().meta({ description: "the first that answered that it has the resource" }),
    elapsed: milliseconds,
    error: z.string().optional().meta({ description: "why the find failed or did not come to its end" }),
    datacenters: z.array(outcome).meta({ description: "every one that the strategy had, in its order" }),
  })
  .meta({ id: "Report", description: "how a find went" });

const problemMembers = {
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
};

export const problem = z
  .strictObject(problemMembers)
  .meta({ id: "Problem", description: "what went wrong, as RFC 9457 has it" });

export const findProblem = z
  .strictObject({ ...problemMembers, ...report.partial().shape })
  .meta({ id: "FindProblem", description: "what went wrong, and what became of each datacenter if any was asked" });

export const fleet = z
  .strictObject({
    datacenters: z.array(z.strictObject({ name, url: z.string(), weight: z.int().min(1), timeout: milliseconds })),
    strategies: z.array(z.strictObject({ name: strategy, summary: z.string(), datacenters: z.array(name) })),
    options: strategyOptions,
  })
  .meta({ id: "Fleet" });

export const state = z.strictObject({ status: z.enum(["ok", "ready"]) }).meta({ id: "State" });

export const tail = z
  .strictObject({
    strategy,
    p50: milliseconds,
    p90: milliseconds,
    p99: milliseconds,
    most: milliseconds,
    load: z.number().meta({ description: "how many requests a find has made, on average" }),
    times: z.array(milliseconds).meta({ description: "each find's time, the shortest first" }),
  })
  .meta({ id: "Tail", description: "how long finds by one strategy have taken, and what they have cost" });
