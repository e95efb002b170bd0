import { inspect } from "node:util";
import type { z } from "zod";

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
  const input = inspect(issue.input, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  const text = typeof issue.input === "string" ? JSON.stringify(issue.input) : input;
  return shortened(withoutPassword(text));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

// Of a URL; what is printed may be logged.
function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/g, "//***@");
}
