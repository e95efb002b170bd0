import { inspect } from "node:util";
import type { z } from "zod";
import { masked } from "./secrets.ts";

/** What is wrong with an input: for each thing its name, what was expected and what was got. Needs `reportInput`. */
export function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${nameOf(issue.path)}${issue.message}, got ${gotOf(issue)}`).join("; ");
}

// datacenters[2].url
function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return name === "" ? "" : `${name.replace(/^\./, "")}: `;
}

function gotOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return issue.keys.join(", ");
  if (issue.input === undefined) return "nothing";
  // Somebody may have written the secret itself where its name belongs.
  if (issue.path.at(-1) === "authorization") return "something that is not repeated here";
  const input = inspect(issue.input, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  const text = typeof issue.input === "string" ? JSON.stringify(issue.input) : input;
  // What is printed may be logged.
  return shortened(masked(text));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
