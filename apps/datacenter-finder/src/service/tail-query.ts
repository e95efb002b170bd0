import { z } from "zod";
import { checked } from "./checked.ts";

const expected = "expected a whole number from 10 to 1000";

export const tailQuerySchema = z.strictObject(
  {
    finds: z
      .string({ error: expected })
      .regex(/^([1-9]\d{1,2}|1000)$/, { error: expected })
      .default("200")
      .transform(Number)
      .meta({ description: "how many finds by each strategy" }),
  },
  { error: "expected only finds in the query" },
);

/** @throws UsageError that says what was expected and what was got */
export function parseTailQuery(query: unknown): z.infer<typeof tailQuerySchema> {
  return checked(tailQuerySchema, query);
}
