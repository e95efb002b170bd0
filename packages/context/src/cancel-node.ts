/*
 * Invariants:
 * - a node is on its parent's #children exactly while neither has ended and it was not released;
 * - an ended node has no children, no subscribers, no timer and no links: it holds nothing and nothing holds it;
 * - #ending is written once. A tree ends in three rounds, each from the parents to the children: all are marked; all waits under them
 *   are decided; the signals are aborted. Only the last one runs code of the user's, the abort listeners. So nobody ever sees a
 *   context that is done above one that is not, and no listener can still serve a wait under a context that is done.
 *   (A context that another copy of this package derived ends, listeners and all, in the second round: to us it is a wait.)
 * - #deadline is that of the earliest in the chain, and #timer is set only in the node that has it: the others end with their parent.
 * - nothing here recurses: a chain may be as deep as memory allows.
 */
import type { ReceiveChan } from "@conc/chan";
import {
  type CancelSource,
  cancelSource,
  type Linked,
  List,
  runtime,
  sourceOf,
  type Subscriber,
  Subscription,
  type TimerHandle,
  touch,
} from "@conc/internal";
import { DoneChan, endedDone } from "./done-chan.ts";
import { Ending } from "./ending.ts";
import { makeController } from "./make-controller.ts";
import type { Context } from "./types.ts";

/** What a context tells of its being done. Contexts that only add values share that of their parent. */
export type State = Omit<Context, "value">;

// The last instant that a Date can tell, in 270,000 years. What lies beyond is no deadline.
const latestDate = 8.64e15;

/** One place in the tree of cancellation, and the state of the context that stands there. */
export class CancelNode implements State, CancelSource, Linked<CancelNode> {
  prev: CancelNode | null = null;
  next: CancelNode | null = null;
  list: List<CancelNode> | null = null;
  #children: List<CancelNode> | null = null;
  #subscribers: List<Subscription> | null = null;
  #ending: Ending | null = null;
  // On the clock's wall time; Infinity: none.
  #deadline = Number.POSITIVE_INFINITY;
  #timer: TimerHandle | null = null;
  // To sources that are not nodes of this copy: a parent of another make, and fromSignal's signal.
  #links: Subscription[] | null = null;
  // Made when first asked for.
  #controller: AbortController | null = null;
  #done: DoneChan | null = null;

  /** Takes its place below `parent`; if that has ended, so has this node. */
  constructor(parent: State) {
    const source = sourceOf(parent);
    if (source instanceof CancelNode) {
      this.#deadline = source.#deadline;
      if (source.#ending === null) source.#adopt(this);
      else this.#ending = source.#ending;
      return;
    }
    this.#deadline = parent.deadline?.getTime() ?? Number.POSITIVE_INFINITY;
    this.link(source, () => Ending.of(parent));
  }

  get [cancelSource](): CancelSource {
    return this;
  }

  get cancelled(): boolean {
    return this.#ending !== null;
  }

  get reason(): Error | undefined {
    return this.#ending?.err;
  }

  get err(): Error | undefined {
    touch(this, "err");
    return this.#ending?.err;
  }

  get cause(): unknown {
    return this.#ending?.cause;
  }

  get deadline(): Date | undefined {
    return this.#deadline === Number.POSITIVE_INFINITY ? undefined : new Date(this.#deadline);
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = makeController();
      if (this.#ending !== null) this.#controller.abort(this.#ending.err);
    }
    return this.#controller.signal;
  }

  get done(): ReceiveChan<never> {
    this.#done ??= this.#ending === null ? new DoneChan() : endedDone();
    return this.#done;
  }

  /** Ends the node at `deadline`, which is `ms` milliseconds from now, unless the parent's deadline comes first anyway. */
  expireAt(deadline: number, ms: number, cause: unknown): void {
    if (deadline >= this.#deadline || deadline > latestDate) return;
    this.#deadline = Math.max(deadline, -latestDate);
    if (this.#ending !== null) return;
    if (ms <= 0) this.end(Ending.deadlineExceeded(cause));
    else this.#timer = runtime.clock.setTimer(() => this.end(Ending.deadlineExceeded(cause)), ms, false);
  }

  /** Ends the node when `source` is cancelled, which it may be already. */
  link(source: CancelSource, ending: () => Ending): void {
    if (this.#ending !== null) return;
    if (source.cancelled) {
      this.end(ending());
      return;
    }
    const subscriber: Subscriber = { onCancel: () => this.end(ending()) };
    const link = new Subscription(source, subscriber);
    this.#links ??= [];
    this.#links.push(link);
    source.subscribe(link);
  }

  /**
   * Cuts the node off from what is above it and from its deadline, and leaves it as it is. What is below it by then still counts on
   * that deadline: it is now without one.
   */
  release(): void {
    if (this.#ending !== null) return;
    this.#detach();
    this.#deadline = Number.POSITIVE_INFINITY;
  }

  /** Ends the node and all below it; what ended before stays as it is. */
  end(ending: Ending): void {
    touch(this, "cancel");
    if (this.#ending !== null) return;
    this.#mark(ending);
    if (this.#children === null) {
      this.#wake(ending);
      this.#abort(ending);
      return;
    }
    // Most nodes are leaves that nobody listens to: they are looked at once. (Who comes after the mark is refused, or finds it ended.)
    const parents: CancelNode[] = [this];
    const heard: CancelNode[] = [this];
    for (let i = 0; i < parents.length; i++) {
      const node = parents[i] as CancelNode;
      const children = node.#children;
      node.#children = null;
      for (let child = children?.shift(); child !== undefined; child = children?.shift()) {
        touch(child, "cancel");
        child.#mark(ending);
        if (child.#children !== null) parents.push(child);
        if (child.#isHeard()) heard.push(child);
      }
    }
    for (const node of heard) node.#wake(ending);
    for (const node of heard) node.#abort(ending);
  }

  subscribe(subscription: Subscription): void {
    this.#subscribers ??= new List();
    this.#subscribers.push(subscription);
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscribers?.remove(subscription);
  }

  #adopt(child: CancelNode): void {
    this.#children ??= new List();
    this.#children.push(child);
  }

  #detach(): void {
    this.list?.remove(this);
    this.#timer?.clear();
    this.#timer = null;
    if (this.#links !== null) for (const link of this.#links) link.end();
    this.#links = null;
  }

  #mark(ending: Ending): void {
    this.#detach();
    this.#ending = ending;
  }

  #isHeard(): boolean {
    return this.#subscribers !== null || this.#done !== null || this.#controller !== null;
  }

  #wake(ending: Ending): void {
    const subscribers = this.#subscribers;
    // Taking from the front, not walking: ending one wait can serve another, which then leaves the list by itself.
    for (let next = subscribers?.shift(); next !== undefined; next = subscribers?.shift()) {
      next.subscriber.onCancel(ending.err);
    }
    this.#done?.end();
  }

  #abort(ending: Ending): void {
    this.#controller?.abort(ending.err);
  }
}
