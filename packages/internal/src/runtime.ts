import { type Clock, systemClock } from "./clock.ts";
import type { SignalHub } from "./signal-hub.ts";
import type { Turn } from "./turn.ts";
import type { Waiter } from "./waiter.ts";

/**
 * What watches a running program from outside: a leak check, a deadlock detector, a trace. Each member is called in
 * the synchronous step it tells of, and must not call back into the primitive.
 */
export interface Observer {
  /** The running step reads or changes `object`, by the operation of that name. */
  touch(object: object, operation: string): void;
  /** A task begins: the next waiter to block is its start. Gives the function to call in the place of `fn`. */
  spawn<T>(fn: () => T): () => T;
  /** A call has to wait; `waiter` stands for it until it is settled. */
  block(waiter: Waiter): void;
  /** A waiting call has been decided: served, closed or cancelled. */
  wake(waiter: Waiter): void;
}

/**
 * Who decides in which order the calls that have their outcome are told of it: the explorer of schedules. Transitions happen inside
 * the call, and what a task does next it does when its last call is told; so to order the tellings is to order everything.
 */
export interface Controller {
  /** The call is decided, its outcome is in `waiter.value`. It is told by `waiter.tell(waiter.value)`, whenever the controller likes. */
  decided(waiter: Waiter): void;
}

/**
 * The one piece of state that all copies of this code in a realm share: each published package bundles its own copy,
 * as ES module and as CommonJS, and they still have to agree on the time, on chance, and on whose turn it is.
 */
export interface Runtime {
  /** Which shape this record has. Copies that expect another shape refuse to load beside it. */
  readonly version: 1;
  /** `null` while nobody watches, which is nearly always. */
  observer: Observer | null;
  /** `null` while calls are told as soon as they are decided, which is nearly always. */
  controller: Controller | null;
  /** Where time comes from. A test puts its own here. */
  clock: Clock;
  /** A whole number from 0 to n - 1, each as likely. Select's fairness rests on it; a test seeds it. */
  choose: (n: number) => number;
  /** How long the packages may stay in the microtask queue before timers and I/O get their turn. */
  readonly turn: Turn;
  /** The one listener that all waits on a signal share. */
  readonly hubs: WeakMap<AbortSignal, SignalHub>;
}

const key = Symbol.for("@conc/runtime");
const version = 1;

function create(): Runtime {
  return {
    version,
    observer: null,
    controller: null,
    clock: systemClock,
    choose: (n) => Math.floor(Math.random() * n),
    turn: { budget: 10, startedAt: undefined, over: false, deferred: [] },
    hubs: new WeakMap(),
  };
}

function shared(): Runtime {
  const existing = (globalThis as { [key]?: Runtime })[key];
  if (existing === undefined) {
    const created = create();
    Object.defineProperty(globalThis, key, { value: created });
    return created;
  }
  if (existing.version !== version) {
    throw new Error(
      `conc: runtime record ${existing.version} is loaded, ${version} is needed: bring all @conc packages to one release`,
    );
  }
  return existing;
}

/** The realm's runtime record, made by whichever copy loads first. */
export const runtime: Runtime = shared();
