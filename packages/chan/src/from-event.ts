import { describe, type SignalSource } from "@conc/internal";
import { SourceChan } from "./source-chan.ts";
import type { ReceiveChan } from "./types.ts";

/** What {@link fromEvent} needs of an EventTarget. */
export interface EventTargetLike {
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
}

/** What {@link fromEvent} needs of an EventEmitter. */
export interface EventEmitterLike {
  on(name: string | symbol, listener: (...args: unknown[]) => void): unknown;
  off(name: string | symbol, listener: (...args: unknown[]) => void): unknown;
}

/**
 * A channel that delivers the events of that name: the event itself from an EventTarget, the array of arguments from an EventEmitter (as
 * Node's `events.on`).
 *
 * Events do not wait, so those that nobody has received yet are held, however many: a burst loses nothing.
 *
 * Cancel: closes the channel with the source's reason. The listener is gone after that, and after leaving a `for await` over the
 * channel. Without either it stays for as long as the target.
 * Close: an "error" event of an EventEmitter closes the channel with the error.
 * Throws: TypeError if `target` is neither.
 *
 * Go: a channel given to `signal.Notify`, which drops what does not fit.
 *
 * @example
 * ```ts
 * import { fromEvent } from "@conc/chan";
 *
 * const target = new EventTarget();
 * const clicks = fromEvent(target, "click");
 * target.dispatchEvent(new Event("click"));
 * target.dispatchEvent(new Event("click"));
 * console.log(clicks.length); // => 2
 * for await (const click of clicks) {
 *   console.log(click.type); // => click
 *   break;
 * }
 * ```
 */
export function fromEvent<E = Event>(target: EventTargetLike, name: string, cancel?: SignalSource): ReceiveChan<E>;
export function fromEvent<A extends unknown[] = unknown[]>(
  target: EventEmitterLike,
  name: string | symbol,
  cancel?: SignalSource,
): ReceiveChan<A>;
export function fromEvent(
  target: EventTargetLike | EventEmitterLike,
  name: string | symbol,
  cancel?: SignalSource,
): ReceiveChan<unknown> {
  return new EventChan(target, name, cancel);
}

class EventChan extends SourceChan<unknown> {
  readonly capacity = Infinity;
  readonly #unlisten: () => void;

  constructor(target: EventTargetLike | EventEmitterLike, name: string | symbol, cancel: SignalSource | undefined) {
    super(cancel);
    // An emitter goes on calling the listeners it had when it began, those that have left included.
    const onEvent = (event: unknown): void => {
      if (this.open) this.feed(event);
    };
    if (isTarget(target)) {
      target.addEventListener(name as string, onEvent);
      this.#unlisten = () => target.removeEventListener(name as string, onEvent);
    } else {
      const onArguments = (...args: unknown[]): void => onEvent(args);
      const onError = (error: unknown): void => {
        if (!this.open) return;
        this.#unlisten();
        this.fail(error);
      };
      target.on(name, onArguments);
      if (name !== "error") target.on("error", onError);
      this.#unlisten = () => {
        target.off(name, onArguments);
        target.off("error", onError);
      };
    }
    this.begin();
  }

  protected wanted(): void {}

  protected stop(): void {
    this.#unlisten();
  }
}

function isTarget(target: EventTargetLike | EventEmitterLike): target is EventTargetLike {
  const { addEventListener, on, off } = (target ?? {}) as Partial<EventTargetLike & EventEmitterLike>;
  if (typeof addEventListener === "function") return true;
  if (typeof on === "function" && typeof off === "function") return false;
  throw new TypeError(`target: expected an EventTarget or an EventEmitter, got ${describe(target)}`);
}
