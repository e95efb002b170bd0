import { describe, touch } from "@conc/internal";

/**
 * State that tasks share, in a form that the strategy `dpor` and the reports see: it behaves as `initial`, an object or an array, and each
 * property that is read or written is told. Elsewhere it is just that object, a little slower.
 *
 * @throws TypeError if `initial` is not an object
 */
export function shared<T extends object>(initial: T): T {
  if (typeof initial !== "object" || initial === null) {
    throw new TypeError(`initial: expected an object, got ${describe(initial)}`);
  }
  const cells = new Map<PropertyKey, Cell>();
  const told = (key: PropertyKey, operation: "read" | "write"): void => {
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = new Cell(String(key))));
    touch(cell, operation);
  };
  return new Proxy(initial, {
    get(target, key, receiver) {
      told(key, "read");
      return Reflect.get(target, key, receiver) as unknown;
    },
    has(target, key) {
      told(key, "read");
      return Reflect.has(target, key);
    },
    // What is asked of all keys may depend on each of them.
    ownKeys(target) {
      for (const key of Reflect.ownKeys(target)) told(key, "read");
      told("the keys", "read");
      return Reflect.ownKeys(target);
    },
    // Assignments come here too.
    defineProperty(target, key, descriptor) {
      if (!Object.hasOwn(target, key)) told("the keys", "write");
      told(key, "write");
      return Reflect.defineProperty(target, key, descriptor);
    },
    deleteProperty(target, key) {
      told("the keys", "write");
      told(key, "write");
      return Reflect.deleteProperty(target, key);
    },
  });
}

/** A property, as something that can be touched. */
class Cell {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  toString(): string {
    return `.${this.#name}`;
  }
}
