import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = dirname(createRequire(import.meta.url).resolve("datacenter-finder/package.json"));

/** Where a program of this app is that has been built. */
export function built(name: string): string {
  return join(root, "dist", name);
}
