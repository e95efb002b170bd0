import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { resourceSchema } from "../resource.ts";
import { type StrategyName, strategyNames } from "../strategies.ts";
import { checked } from "./checked.ts";

/** How long a find may take at most, in milliseconds. */
export const longestTimeout = 60_000;

const timeout = durationSchema(1, longestTimeout);

/** How long a find may take when nothing is said, in milliseconds. */
const patience = 5000;

/** How to ask when nothing is said. */
export const defaultStrategy = "hedged";

export const pathSchema = z.object({ resource: resourceSchema });

export const querySchema = z.strictObject(
  {
    strategy: z
      .enum(strategyNames, { error: `expected one of ${strategyNames.join(", ")}` })
      .default(defaultStrategy)
      .meta({ description: "how to ask" }),
    timeout: timeout.optional().meta({ description: "how long the find may take, up to 60s; absent: 5s" }),
  },
  { error: "expected only strategy and timeout in the query" },
);

export const headerSchema = z.object({
  "x-request-timeout": timeout
    .optional()
    .meta({ description: "how long the caller will wait; the shorter counts of this and the query's timeout" }),
  "x-request-id": z
    .string()
    .optional()
    .meta({ description: "an id for the log and the datacenters; answered, as one of the service's if it has none" }),
});

export interface FindQuery {
  readonly resource: string;
  readonly strategy: StrategyName;
  /** In milliseconds. */
  readonly timeout: number;
}

interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
}

/**
 * What a request asks for.
 *
 * @throws UsageError that says what was expected and what was got
 */
export function parseFindQuery({ params, query, headers }: RequestParts): FindQuery {
  const { resource } = checked(pathSchema, params);
  const { strategy, timeout } = checked(querySchema, query);
  const limits = [timeout, checked(headerSchema, headers)["x-request-timeout"]].filter((one) => one !== undefined);
  return { resource, strategy, timeout: limits.length === 0 ? patience : Math.min(...limits) };
}
