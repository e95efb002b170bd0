/** A line of the program. */
export interface Site {
  /** The function that was called there, for example `Chan.send`. */
  readonly called: string | undefined;
  /** `file:line:column`, the file relative to where the process runs. */
  readonly at: string;
}

// Installed, bundled by vite, or in their own workspace.
const ours =
  /[/\\](?:node_modules[/\\](?:@conc|\.vite)|packages[/\\](?:internal|chan|context|sync|patterns|testing|inspect)[/\\](?:src|dist))[/\\]/;
// From source this package may be served from the root of a server, as its own tests in browsers are.
const own = /\s\(?(\S+\/)site\.ts\b/.exec(new Error("here").stack?.split("\n")[1] ?? "")?.[1];
const frame = /^\s*at (?:async )?(?:(?:new )?(.*?) \()?(.+?:\d+:\d+)\)?$/;

/** The line of the program that a stack leads to: the first one outside of these packages. */
export function siteOf(error: Error): Site | undefined {
  let called: string | undefined;
  for (const line of (error.stack ?? "").split("\n").slice(1)) {
    const [, name, place = ""] = frame.exec(line) ?? [];
    if (place === "" || place.startsWith("node:")) continue;
    if (!ours.test(place) && !(own !== undefined && place.startsWith(own))) return { called, at: relative(place) };
    if (name !== undefined) called = name.replace(/^_?(\w+?)\d*\./, "$1.").replace(/ \[as .*\]$/, "");
  }
  return undefined;
}

function relative(place: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } };
  const path = place.replace(/^file:\/\//, "").replace(/\?[^:]*/, "");
  const here = process?.cwd?.();
  return here !== undefined && path.startsWith(`${here}/`) ? path.slice(here.length + 1) : path;
}
