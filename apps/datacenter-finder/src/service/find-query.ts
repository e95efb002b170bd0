import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";
import { resourceSchema } from "../resource.ts";
import { strategyNames } from "../strategies.ts";
import { UsageError } from "../usage-error.ts";

const pathSchema = z.object({ resource: resourceSchema });

const querySchema = z.strictObject(
  {
    strategy: z.enum(strategyNames, { error: `expected one of ${strategyNames.join(", ")}` }).default("hedged"),
    timeout: durationSchema(1, 60_000).prefault("5s"),
  },
  { error: "expected only strategy and timeout in the query" },
);

export type FindQuery = z.infer<typeof pathSchema> & z.infer<typeof querySchema>;

/**
 * What a request asks for.
 *
 * @throws UsageError that says what was expected and what was got
 */
export function parseFindQuery(params: unknown, query: unknown): FindQuery {
  return { ...checked(pathSchema, params), ...checked(querySchema, query) };
}

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success) throw new UsageError(explain(result.error));
  return result.data;
}
