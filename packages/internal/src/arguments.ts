/** What a message says it got: a number or string as it is written, an object by its class. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `function ${value.name}`.trimEnd();
  if (typeof value === "object" && value !== null) return `an instance of ${value.constructor?.name ?? "Object"}`;
  return String(value);
}

/** Throws unless `value` is a whole number of at least `least`. `name` is the argument's, for the message. */
export function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name}: expected a whole number >= ${least}, got ${describe(value)}`);
  }
}

/** Throws unless `ms` is a number of milliseconds; 0 and less mean "at once", Infinity means "never". */
export function checkDuration(name: string, ms: number): void {
  if (typeof ms !== "number" || Number.isNaN(ms)) {
    throw new RangeError(`${name}: expected a number of milliseconds, got ${describe(ms)}`);
  }
}

/** Throws unless `value` is a function. */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") throw new TypeError(`${name}: expected a function, got ${describe(value)}`);
}
