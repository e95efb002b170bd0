import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";
import { resourceSchema } from "../resource.ts";
import { strategyNames } from "../strategies.ts";
import { UsageError } from "../usage-error.ts";

const findQuery = z.strictObject(
  {
    resource: resourceSchema,
    strategy: z.enum(strategyNames, { error: `expected one of ${strategyNames.join(", ")}` }).default("hedged"),
    timeout: durationSchema(1, 60_000).prefault("5s"),
  },
  { error: "expected only strategy and timeout in the query" },
);

export type FindQuery = z.infer<typeof findQuery>;

/**
 * What a request asks for.
 *
 * @throws UsageError that says what was expected and what was got
 */
export function parseFindQuery(params: object, query: object): FindQuery {
  const { data, error } = findQuery.safeParse({ ...query, ...params }, { reportInput: true });
  if (error !== undefined) throw new UsageError(explain(error));
  return data;
}
