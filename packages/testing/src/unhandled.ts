type Listener = (...args: unknown[]) => void;

interface NodeProcess {
  rawListeners?(event: string): Listener[];
  removeAllListeners(event: string): unknown;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

interface Page {
  addEventListener?(type: string, listener: (event: RejectionEvent) => void, capture: boolean): void;
  removeEventListener?(type: string, listener: (event: RejectionEvent) => void, capture: boolean): void;
}

interface RejectionEvent {
  readonly reason: unknown;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}

const event = "unhandledRejection";

/** Browsers tell of a rejection in a task of its own, some time after the step that it happened in. */
export const rejectionsAreLate: boolean =
  (globalThis as unknown as { process?: NodeProcess }).process?.rawListeners === undefined;

/**
 * Hears of every rejection that nobody handles, in the place of those who listened before: an explored task that fails unheard is
 * a failure of its schedule, and of nothing else. Gives the function that puts things back.
 */
export function catchUnhandled(heard: (reason: unknown) => void): () => void {
  const { process } = globalThis as unknown as { process?: NodeProcess };
  if (process?.rawListeners !== undefined) {
    const before = process.rawListeners(event);
    const listener: Listener = (reason) => heard(reason);
    process.removeAllListeners(event);
    process.on(event, listener);
    return () => {
      process.off(event, listener);
      for (const one of before) process.on(event, one);
    };
  }
  const page = globalThis as Page;
  const listener = (rejection: RejectionEvent): void => {
    rejection.preventDefault();
    rejection.stopImmediatePropagation();
    heard(rejection.reason);
  };
  page.addEventListener?.("unhandledrejection", listener, true);
  return () => page.removeEventListener?.("unhandledrejection", listener, true);
}
