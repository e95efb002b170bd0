import { z } from "zod";

const expected = "expected 1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or a digit";

/** A resource's name: one that stands for itself in any URL, and cannot lead to another path. */
export const resourceSchema: z.ZodType<string, string> = z
  .string({ error: expected })
  .regex(/^[A-Za-z0-9][\w.-]{0,127}$/, { error: expected });
