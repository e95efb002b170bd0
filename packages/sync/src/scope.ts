/*
 * How a run knows that a call comes from inside it: by the async context it runs in.
 *
 * AsyncLocalStorage is asked of the process, not imported: the packages run in browsers too, where only the part of a run before its
 * first `await` is known. The storage is switched on only while something runs: on Node 20 and 22 it slows down every promise.
 */
interface Storage {
  run<R>(store: Scope, fn: () => R): R;
  getStore(): Scope | undefined;
  disable(): void;
}

type Process = { getBuiltinModule?: (id: string) => { AsyncLocalStorage: new () => Storage } | undefined };

let storage: Storage | undefined;
// How many scopes have been entered and not left.
let active = 0;

function makeStorage(): Storage | undefined {
  const { process } = globalThis as { process?: Process };
  const hooks = process?.getBuiltinModule?.("node:async_hooks");
  return hooks && new hooks.AsyncLocalStorage();
}

/** The async extent of one run: the function that is run, and all that it starts. */
export class Scope {
  // The scope of the run that began this one.
  #outer: Scope | undefined;
  #isOnStack = true;

  /** Calls `fn` inside the scope. Once. */
  enter<R>(fn: () => R): R {
    storage ??= makeStorage();
    this.#outer = storage?.getStore();
    active++;
    try {
      return storage === undefined ? fn() : storage.run(this, fn);
    } finally {
      this.#isOnStack = false;
    }
  }

  /** The run has ended. Once. */
  leave(): void {
    active--;
    if (active === 0) storage?.disable();
  }

  /** Whether the code that asks was started by the run, directly or through other runs. */
  isCurrent(): boolean {
    if (storage === undefined) return this.#isOnStack;
    for (let scope = storage.getStore(); scope !== undefined; scope = scope.#outer) if (scope === this) return true;
    return false;
  }
}
