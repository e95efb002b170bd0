import { readFile } from "node:fs/promises";
import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";
import { HttpFinder } from "../http-finder.ts";
import { reasonOf } from "../reason-of.ts";
import { defaults } from "../strategies/strategy.ts";
import { UsageError } from "../usage-error.ts";
import type { Fleet } from "./fleet.ts";

const whole = "expected a whole number from 1 up";
const duration = durationSchema(1, 600_000);

const datacenter = z.strictObject(
  {
    name: z.string({ error: "expected a name" }).regex(/^[\w.-]{1,64}$/, {
      error: "expected a name of 1 to 64 letters, digits, '.', '_' or '-'",
    }),
    url: z.string({ error: "expected a URL" }).refine(isTemplate, {
      error: "expected an http or https URL with {resource} in its path or query and no password",
    }),
    weight: z.int({ error: whole }).min(1, { error: whole }).default(1),
    timeout: duration.prefault("2s"),
  },
  { error: namesOnly("name, url, weight and timeout") },
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
export async function readFleet(file: string): Promise<Fleet> {
  const { datacenters, ...options } = parseFleet(await read(file), file);
  const finders = datacenters.map((options) => new HttpFinder(options));
  return {
    datacenters: finders,
    description: `${finders.length === 1 ? "1 datacenter" : `${finders.length} datacenters`} of ${file}: ${finders.map(({ name }) => name).join(", ")}`,
    options,
    findersOf: () => finders,
    close: () => Promise.resolve(),
  };
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
    one.username + one.password === "" &&
    one.pathname + one.search !== other.pathname + other.search
  );
}

function namesOnly(names: string): z.core.$ZodErrorMap {
  return (issue) => (issue.code === "unrecognized_keys" ? `expected only ${names}` : "expected an object");
}
