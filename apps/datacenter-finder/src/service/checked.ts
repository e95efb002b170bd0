import type { z } from "zod";
import { explain } from "../explain.ts";
import { UsageError } from "../usage-error.ts";

/**
 * What a schema makes of an input.
 *
 * @throws UsageError that says what was expected and what was got
 */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success) throw new UsageError(explain(result.error));
  return result.data;
}
