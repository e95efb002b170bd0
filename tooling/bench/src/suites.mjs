import { readdirSync } from "node:fs";

const folder = new URL("../suites/", import.meta.url);

/** The names of all suites: a folder of `suites` each, with a `suite.mjs` in it. */
export function suiteNames() {
  return readdirSync(folder).sort();
}

/** @param {string} name */
export async function suiteOf(name) {
  const { suite } = await import(new URL(`${name}/suite.mjs`, folder).href);
  return suite;
}

/** The scenarios that are asked for by how their names begin; all, when nothing is asked for. */
export function chosen({ scenarios }, names) {
  const unknown = names.find((name) => !scenarios.some((one) => one.name.startsWith(name)));
  if (unknown !== undefined) {
    throw new Error(
      `scenario: expected one that begins like ${scenarios.map((one) => one.name).join(", ")}; got ${unknown}`,
    );
  }
  return scenarios.filter((one) => names.length === 0 || names.some((name) => one.name.startsWith(name)));
}

/**
 * A module anew for one library: the engine optimises a function for the objects that it has seen, and one that has seen ten libraries is
 * slow for each of them, as no program that uses one would be.
 *
 * @param {string} url
 * @param {string} library
 */
export function copyFor(url, library) {
  return import(`${url}?for=${encodeURIComponent(library)}`);
}
