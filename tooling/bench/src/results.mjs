import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../results/", import.meta.url);
// What a table of a profile can show.
const functionsKept = 12;

/** Keeps the figures of a suite for the documentation. */
export function write(result) {
  const profiles = result.profiles.map((one) => ({ ...one, functions: one.functions.slice(0, functionsKept) }));
  writeFileSync(new URL(`${result.suite}.json`, folder), `${JSON.stringify({ ...result, profiles }, null, 2)}\n`);
}

/** The figures that are kept, of each suite. */
export function kept() {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
}
