import { type Observer, runtime, type Waiter } from "@conc/internal";
import { siteOf } from "./site.ts";
import type { Touch } from "./trace.ts";
import type { Call } from "./wait.ts";
import { describeCall } from "./words.ts";

interface Storage<T> {
  run<R>(store: T, fn: () => R): R;
  getStore(): T | undefined;
  disable(): void;
}

interface NodeProcess {
  getBuiltinModule?: (id: string) => { AsyncLocalStorage: new () => Storage<StartedTask> } | undefined;
}

/** A task that was started. */
interface StartedTask {
  readonly name: string;
  readonly site: Error;
}

/**
 * Keeps what is alive: the tasks that were started and have not ended, and the calls that wait.
 *
 * Invariant: from its making to `stop` it stands in the runtime record, before whoever stood there, who hears of everything as before.
 */
export class Watcher implements Observer {
  readonly #before: Observer | null = runtime.observer;
  readonly #calls = new Map<Waiter, Call & { readonly caller: StartedTask | undefined }>();
  readonly #tasks = new Set<StartedTask>();
  // Who makes a call, where the platform can tell.
  readonly #current: Storage<StartedTask> | undefined = makeStorage();
  #touched: Touch | undefined;

  constructor() {
    runtime.observer = this;
  }

  stop(): void {
    // If another one has come since, it hands on to this one, which from now on keeps nothing.
    if (runtime.observer === this) runtime.observer = this.#before;
    this.#current?.disable();
    this.#calls.clear();
    this.#tasks.clear();
  }

  /** What is alive, a line each. */
  alive(): string[] {
    const lines: string[] = [];
    const waiting = new Set<StartedTask | undefined>();
    for (const call of this.#calls.values()) {
      waiting.add(call.caller);
      lines.push(`${call.caller === undefined ? "a call" : describeTask(call.caller)} waits for ${describeCall(call)}`);
    }
    for (const task of this.#tasks) {
      if (!waiting.has(task)) lines.push(`${describeTask(task)} has not ended`);
    }
    return lines;
  }

  touch(object: object, operation: string): void {
    this.#touched = { object, operation };
    this.#before?.touch(object, operation);
  }

  spawn<T>(fn: () => T): () => T {
    const body = this.#before?.spawn(fn) ?? fn;
    const task = { name: fn.name === "" ? "a task" : fn.name, site: new Error("started") };
    this.#tasks.add(task);
    const ended = (): void => {
      this.#tasks.delete(task);
    };
    return () => {
      let result: T;
      try {
        result = this.#current === undefined ? body() : this.#current.run(task, body);
      } catch (error) {
        ended();
        throw error;
      }
      // A rejection goes on to whoever waits for the task: this is only a look at it.
      void Promise.resolve(result).then(ended, ended);
      return result;
    };
  }

  block(waiter: Waiter): void {
    const { list } = waiter;
    this.#calls.set(waiter, {
      starts: false,
      queue: list === null ? undefined : { object: list.owner, operation: list.operation },
      touched: this.#touched,
      site: new Error("waits"),
      caller: this.#current?.getStore(),
    });
    this.#before?.block(waiter);
  }

  wake(waiter: Waiter): void {
    this.#calls.delete(waiter);
    this.#before?.wake(waiter);
  }
}

function describeTask({ name, site }: StartedTask): string {
  const at = siteOf(site)?.at;
  return at === undefined ? name : `${name}, started at ${at},`;
}

function makeStorage(): Storage<StartedTask> | undefined {
  const { process } = globalThis as unknown as { process?: NodeProcess };
  const hooks = process?.getBuiltinModule?.("node:async_hooks");
  return hooks === undefined ? undefined : new hooks.AsyncLocalStorage();
}
