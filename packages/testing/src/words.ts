import { siteOf } from "./site.ts";
import type { Touch } from "./trace.ts";
import type { Call } from "./wait.ts";

/** A call, as a report names it: `lock of Mutex("db", locked) (file:line)`. */
export function describeCall(wait: Call): string {
  const site = wait.site === undefined ? undefined : siteOf(wait.site);
  const at = site === undefined ? "" : ` (${site.at})`;
  return `${wait.starts ? "its start" : describeTouch(subject(wait, site?.called))}${at}`;
}

/** What a call is about: the queue it stands in, or else what was done last, if that is what was called. A pause after a send is no send. */
export function subject(wait: Call, called: string | undefined): Touch | string {
  if (wait.queue !== undefined) return wait.queue;
  const { touched } = wait;
  const agrees = called === undefined || called.split(".").at(-1) === touched?.operation;
  return touched !== undefined && agrees ? touched : (called ?? "a call");
}

/** The class of an object, and the words for it alone, if it has a name. */
export function typeAndName(object: object): { type: string; own: string | undefined } {
  const { name } = object as { name?: unknown };
  // A bundler numbers classes whose names clash.
  const type = (object.constructor?.name ?? "Object").replace(/^_|\d+$/g, "");
  if ((type === "Object" || type === "Cell") && object.toString !== Object.prototype.toString)
    return { type, own: String(object) };
  return { type, own: typeof name === "string" ? `${type}(${JSON.stringify(name)})` : undefined };
}

function describeTouch(touch: Touch | string): string {
  if (typeof touch === "string") return touch;
  const { object, operation } = touch;
  // What has a toString of its own says most about itself: who waits, what is held.
  if (object.toString !== Object.prototype.toString) return `${operation} of ${String(object)}`;
  const { type, own } = typeAndName(object);
  return `${operation} of ${own ?? type}`;
}
