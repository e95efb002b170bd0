import type { Context } from "../../src/index.ts";

/** All names that can be asked of a context, its own and its prototypes'. */
export function membersOf(ctx: Context): string[] {
  const names = new Set<string>();
  for (let object = ctx as object; object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return [...names].filter((name) => !(name in Object.prototype)).sort((a, b) => a.localeCompare(b));
}
