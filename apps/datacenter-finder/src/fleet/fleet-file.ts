import { readFile } from "node:fs/promises";
import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";
import { HttpFinder } from "../http-finder.ts";
import { reasonOf } from "../reason-of.ts";
import { hasCredential } from "../secrets.ts";
import { defaults } from "../strategies/strategy.ts";
import { UsageError } from "../usage-error.ts";
import type { Fleet } from "./fleet.ts";

const whole = "expected a whole number from 1 up";
const variable = "expected the name of an environment variable that has the value of the Authorization header";
const duration = durationSchema(1, 600_000);

const datacenter = z.strictObject(
  {
    name: z.string({ error: "expected a name" }).regex(/^[\w.-]{1,64}$/, {
      error: "expected a name of 1 to 64 letters, digits, '.', '_' or '-'",
    }),
    url: z.string({ error: "expected a URL" }).refine(isTemplate, {
      error: "expected an http or https URL with {resource} in its path or query, and no password or key",
    }),
    authorization: z
      .string({ error: variable })
      .regex(/^[A-Za-z_]\w*$/, { error: variable })
      .optional(),
    weight: z.int({ error: whole }).min(1, { error: whole }).default(1),
    timeout: duration.prefault("2s"),
  },
  { error: namesOnly("name, url, authorization, weight and timeout") },
);

const fleet = z
  .strictObject(
    {
      datacenters: z.array(datacenter, { error: "expected a list" }).min(1, { error: "expected at least one" }),
      hedgeDelay: duration.prefault(`${defaults.hedgeDelay}ms`),
      limit: z.int({ error: whole }).min(1, { error: whole }).default(defaults.limit),
      capacity: z.int({ error: whole }).min(1, { error: whole }).default(defaults.capacity),
    },
    { error: namesOnly("datacenters, hedgeDelay, limit and capacity") },
  )
  .superRefine(({ datacenters, capacity }, check) => {
    datacenters.forEach(({ name, weight }, index) => {
      if (datacenters.findIndex((other) => other.name === name) < index) {
        const message = "expected a name that no other datacenter has";
        check.addIssue({ code: "custom", path: ["datacenters", index, "name"], message, input: name });
      }
      if (weight > capacity) {
        const message = `expected at most the capacity, ${capacity}`;
        check.addIssue({ code: "custom", path: ["datacenters", index, "weight"], message, input: weight });
      }
    });
  });

/**
 * Reads the user's own fleet from a JSON file. Every strategy asks all of it.
 *
 * @throws UsageError that says what is wrong with the file
 */
export async function readFleet(file: string, env: NodeJS.ProcessEnv = process.env): Promise<Fleet> {
  const { datacenters, ...options } = parseFleet(await read(file), file);
  const finders = datacenters.map(
    ({ authorization, ...rest }, index) =>
      new HttpFinder({
        ...rest,
        authorization: credentialOf(authorization, env, `fleet ${file}: datacenters[${index}].authorization`),
      }),
  );
  return {
    datacenters: finders,
    description: `${finders.length === 1 ? "1 datacenter" : `${finders.length} datacenters`} of ${file}: ${datacenters.map(described).join(", ")}`,
    options,
    findersOf: () => finders,
    close: () => Promise.resolve(),
  };
}

function described({ name, authorization }: z.infer<typeof datacenter>): string {
  return authorization === undefined ? name : `${name} (authorized by ${authorization})`;
}

/** Never told to anybody, a mistake in it included. */
function credentialOf(name: string | undefined, env: NodeJS.ProcessEnv, place: string): string | undefined {
  if (name === undefined) return undefined;
  const value = env[name]?.trim() ?? "";
  if (value === "") throw new UsageError(`${place}: expected ${name} to be set in the environment, got nothing`);
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw new UsageError(`${place}: expected ${name} to have characters that a header may have, got others`);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`fleet ${file}: cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function parseFleet(text: string, file: string): z.infer<typeof fleet> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`fleet ${file}: expected JSON: ${reasonOf(error)}`, { cause: error });
  }
  const { data, error } = fleet.safeParse(json, { reportInput: true });
  if (error !== undefined) throw new UsageError(`fleet ${file}: ${explain(error)}`);
  return data;
}

// A resource must not be able to choose the host.
function isTemplate(text: string): boolean {
  if (!URL.canParse(text.replaceAll("{resource}", "x"))) return false;
  const one = new URL(text.replaceAll("{resource}", "x"));
  const other = new URL(text.replaceAll("{resource}", "y"));
  return (
    /^https?:$/.test(one.protocol) &&
    one.origin === other.origin &&
    one.pathname + one.search !== other.pathname + other.search &&
    !hasCredential(new URL(text))
  );
}

function namesOnly(names: string): z.core.$ZodErrorMap {
  return (issue) => (issue.code === "unrecognized_keys" ? `expected only ${names}` : "expected an object");
}
