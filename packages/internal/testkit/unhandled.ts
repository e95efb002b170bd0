import { flush } from "./flush.ts";

/** The errors that nobody has handled, rejections and exceptions, in the order in which the platform told of them. */
export interface Unhandled {
  readonly errors: unknown[];
  /** Resolves when everything that can run has run, and the platform has told what there was to tell of that. */
  told(): Promise<void>;
  /** Whoever listened before listens again. */
  stop(): void;
}

type Listener = (error: unknown) => void;

/** Listens, in the place of the test runner and of whoever listened so far, to what Node or the page tells of errors that nobody handled. */
export function hearUnhandled(): Unhandled {
  const errors: unknown[] = [];
  const expected = new Map<unknown, () => void>();
  const stop = listen((error) => {
    const known = expected.get(error);
    if (known === undefined) errors.push(error);
    else known();
  });
  return {
    errors,
    stop,
    async told() {
      await flush();
      // Pages tell of a rejection in a task of its own, some time later, but in order: when this one is told, all before it were.
      await new Promise<void>((resolve) => {
        const last = new Error("the last to be told");
        expected.set(last, resolve);
        void Promise.reject(last);
      });
    },
  };
}

/** The errors that nobody handled while `fn` ran and everything after it that could run. */
export async function unhandledIn(fn: () => unknown): Promise<unknown[]> {
  const unhandled = hearUnhandled();
  try {
    await fn();
    await unhandled.told();
  } finally {
    unhandled.stop();
  }
  return unhandled.errors;
}

// Who listens, the innermost last: it hears alone.
const listeners: Listener[] = [];
let stopListening = (): void => {};

function listen(listener: Listener): () => void {
  const heard: Listener = (error) => listeners.at(-1)?.(error);
  if (listeners.push(listener) === 1) {
    stopListening = typeof globalThis.process?.rawListeners === "function" ? listenInNode(heard) : listenInPage(heard);
  }
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
    if (listeners.length === 0) stopListening();
  };
}

function listenInNode(heard: Listener): () => void {
  const events = ["unhandledRejection", "uncaughtException"] as const;
  const before = events.map((event) => process.rawListeners(event));
  for (const event of events) process.removeAllListeners(event).on(event, heard);
  return () => {
    events.forEach((event, i) => {
      process.off(event, heard);
      for (const listener of before[i] ?? []) process.on(event, listener as Listener);
    });
  };
}

/** The little of a page that is needed here; the packages' types are Node's. */
interface Page {
  addEventListener(type: string, listener: (event: PageEvent) => void, capture: boolean): void;
  removeEventListener(type: string, listener: (event: PageEvent) => void, capture: boolean): void;
}

interface PageEvent extends Event {
  readonly reason?: unknown;
  readonly error?: unknown;
}

function listenInPage(heard: Listener): () => void {
  const page = globalThis as unknown as Page;
  const listener = (event: PageEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    heard(event.type === "error" ? event.error : event.reason);
  };
  const events = ["unhandledrejection", "error"];
  for (const event of events) page.addEventListener(event, listener, true);
  // vitest prints each rejection all the same, as an event: thousands of lines, of what is expected here.
  const { error } = console;
  console.error = (...args: unknown[]) => {
    if (!(args[0] instanceof Event)) error(...args);
  };
  return () => {
    console.error = error;
    for (const event of events) page.removeEventListener(event, listener, true);
  };
}
