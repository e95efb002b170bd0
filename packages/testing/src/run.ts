/*
 * One schedule of a program: an engine that tells decided calls one at a time, and lets each task come to its next wait in between.
 *
 * Invariants, between any two slots of the pump:
 * - #current is null but while a step is performed: whoever acts then comes from outside;
 * - a call that was made in this run is in #waits while it is undecided, and has a step in #course until it is told;
 * - a timer that is set is in clock.timers; once it may fire it has a step in #course as well;
 * - the choices of #course, and what comes from outside, determine the run.
 */
import { type Controller, type Observer, park, Waiter } from "@conc/internal";
import { deadlock, leak, livelock, standing } from "./blocked.ts";
import { Course } from "./course.ts";
import { deferred } from "./deferred.ts";
import type { Failure } from "./failure.ts";
import type { Outside } from "./outside.ts";
import type { Pump } from "./pump.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import type { Step } from "./step.ts";
import type { Strategy } from "./strategy.ts";
import { Task } from "./task.ts";
import type { Touch } from "./trace.ts";
import { rejectionsAreLate } from "./unhandled.ts";
import { type ClockOwner, VirtualClock, type VirtualTimer } from "./virtual-clock.ts";
import type { Wait } from "./wait.ts";

export class Run implements Controller, Observer, ClockOwner {
  readonly clock: VirtualClock = new VirtualClock(this);
  readonly #options: RunOptions;
  readonly #course: Course;
  readonly #done = deferred<RunResult>();
  readonly #outside: Outside;
  readonly #outsider: Task = Task.first("outside", "outside");
  readonly #main: Task = Task.first("0", "main");
  readonly #waits = new Map<Waiter, Wait>();
  readonly #timerSteps = new Map<VirtualTimer, Step>();
  // The body and the spawned tasks that have not ended.
  readonly #alive = new Set<Task>();
  // The calls of settled().
  #quiet: Waiter[] = [];
  readonly #names = new Map<string, number>();
  #current: Task | null = null;
  #fromOutside = 0;
  // Somebody from outside has acted since the last slot.
  #disturbed = false;
  // Set by spawn, for the waiter that blocks next.
  #starting: Task | null = null;
  // What this step did last, until a call of it waits.
  #touched: Touch | undefined;
  // How often the event loop has gone round.
  #rounds = 0;
  #endedInRound: number | undefined;
  #bodyEnded = false;
  #value: unknown;
  #failure: Failure | undefined;

  constructor(strategy: Strategy, options: RunOptions, outside: Outside) {
    this.#course = new Course(strategy, options.trace);
    this.#options = options;
    this.#outside = outside;
    outside.begin();
  }

  /** Runs `body`, and everything it starts, to the end. */
  start(pump: Pump, body: () => unknown): Promise<RunResult> {
    this.#alive.add(this.#main);
    this.#course.add({ task: this.#main, label: "starts", perform: () => this.#call(body) });
    pump.slot = (last) => this.#slot(pump, last);
    return this.#done.promise;
  }

  /** Ends the run as failed; the first failure counts. */
  fail(kind: Failure["kind"], error: unknown): void {
    this.#failure ??= { kind, error };
  }

  touch(object: object, operation: string): void {
    this.#touched = { object, operation };
    if (this.#current !== null) this.#course.touched(this.#touched);
  }

  spawn<T>(fn: () => T): () => T {
    const task = this.actor().spawn(this.#nameOf(fn));
    const ended = (): void => {
      this.#alive.delete(task);
      this.touch(taskEnds, "end");
    };
    this.#starting = task;
    this.#alive.add(task);
    return () => {
      let result: T;
      try {
        result = fn();
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
    const starting = this.#starting;
    this.#starting = null;
    const task = starting ?? this.#caller();
    task.root.waits++;
    const { list } = waiter;
    this.#waits.set(waiter, {
      waiter,
      task,
      starts: starting !== null,
      queue: list === null ? undefined : { object: list.owner, operation: list.operation },
      touched: this.#touched,
      site: this.#options.sites ? new Error("site") : undefined,
    });
    this.#touched = undefined;
  }

  wake(): void {}

  decided(waiter: Waiter): void {
    if (this.#current === null) this.#disturb();
    const wait = this.#waits.get(waiter);
    this.#waits.delete(waiter);
    // A call from before the run belongs to no task.
    const task = wait?.task ?? this.#outsider;
    const perform = (): void => {
      task.root.waits--;
      waiter.tell(waiter.value);
    };
    this.#course.add({ task, label: "goes on", perform, wait, whenIdle: waiter instanceof SettledWaiter });
  }

  choose(n: number): number {
    return this.#course.choose(n);
  }

  /** Resolves when nothing else can happen but that time passes. */
  settled(): Promise<void> {
    const waiter = new SettledWaiter();
    this.#quiet.push(waiter);
    return park<void>(waiter);
  }

  actor(): Task {
    if (this.#current === null) this.#disturb();
    return this.#current ?? this.#outsider;
  }

  timerSet(timer: VirtualTimer): void {
    if (this.#options.anyOrder && timer.due < Number.POSITIVE_INFINITY) this.#offer(timer);
  }

  timerCleared(timer: VirtualTimer): void {
    const step = this.#timerSteps.get(timer);
    if (step === undefined) return;
    this.#timerSteps.delete(timer);
    this.#course.remove(step);
  }

  yielded(fn: () => void): void {
    const task = this.actor();
    this.#course.yielded(task);
    this.#course.add({ task, label: "has yielded", perform: fn });
  }

  #call(body: () => unknown): void {
    const failed = (error: unknown): void => {
      if (this.#current === null) this.#disturb();
      this.#alive.delete(this.#main);
      this.fail("error", error);
    };
    const ended = (value: unknown): void => {
      if (this.#current === null) this.#disturb();
      this.#value = value;
      this.#bodyEnded = true;
      this.#alive.delete(this.#main);
    };
    try {
      void Promise.resolve(body()).then(ended, failed);
    } catch (error) {
      failed(error);
    }
  }

  #slot(pump: Pump, last: boolean): void {
    this.#current = null;
    this.#touched = undefined;
    // What happens before the next slot comes from outside.
    if (last) {
      this.#rounds++;
      return;
    }
    if (this.#disturbed) {
      this.#disturbed = false;
      this.#outside.came();
    }
    const verdict = this.#failure === undefined ? this.#tryNext() : "over";
    if (verdict === "wait") pump.pause();
    if (verdict !== "over" || this.#mayHearMore()) return;
    pump.slot = () => {};
    const { choices, sizes, steps, trace } = this.#course;
    this.#done.resolve({
      failure: this.#failure,
      value: this.#value,
      fromOutside: this.#fromOutside,
      choices,
      sizes,
      steps,
      trace,
      standing: this.#standing(),
    });
  }

  #standing(): string[] {
    const kind = this.#failure?.kind;
    // The others list it in their message.
    if (!this.#options.sites || (kind !== "error" && kind !== "unhandled")) return [];
    return standing(this.#course.ready, this.#waits.values(), this.#silent());
  }

  // The tasks that wait for something that is not seen here.
  #silent(): Task[] {
    return [...this.#alive].filter((task) => task.waits === 0);
  }

  // The end of a run that went well is believed one round later where rejections are told late.
  #mayHearMore(): boolean {
    if (!rejectionsAreLate || this.#failure !== undefined) return false;
    this.#endedInRound ??= this.#rounds;
    return this.#endedInRound === this.#rounds;
  }

  // A strategy throws when the program did not go the way that it must have gone.
  #tryNext(): "performed" | "wait" | "over" {
    try {
      return this.#next();
    } catch (error) {
      this.fail("error", error);
      return "over";
    }
  }

  #next(): "performed" | "wait" | "over" {
    const { ready, steps } = this.#course;
    if (ready.length === 0 || this.#onlyIdleTimers()) {
      const verdict = this.#whenIdle();
      if (verdict !== "go on") return verdict;
    }
    if (steps === this.#options.maxSteps) {
      this.fail("livelock", livelock(steps, ready, this.#waits.values()));
      return "over";
    }
    this.#perform(this.#course.take());
    return "performed";
  }

  #whenIdle(): "go on" | "wait" | "over" {
    if (this.#bodyEnded && this.#waits.size === 0 && this.#alive.size === 0) return "over";
    if (this.#outside.isUnderWay()) return "wait";
    if (this.#quiet.length > 0) {
      this.#current = this.#main;
      for (const waiter of this.#quiet) waiter.settle(undefined);
      this.#quiet = [];
      return "go on";
    }
    const next = this.clock.timers.find((timer) => timer.keepAlive || !this.#bodyEnded);
    if (next !== undefined && next.due < Number.POSITIVE_INFINITY) {
      for (const timer of this.clock.timers) if (timer.due === next.due) this.#offer(timer);
      return "go on";
    }
    const silent = this.#silent();
    if (silent.length > 0 && this.#outside.mayBeUnderWay()) return "wait";
    if (!this.#bodyEnded) this.fail("deadlock", deadlock(this.#waits.values(), silent));
    else if (this.#options.leaks) this.fail("leak", leak(this.#waits.values(), silent));
    return "over";
  }

  // The body has ended, and all that is left are timers that would not keep a process alive.
  #onlyIdleTimers(): boolean {
    if (!this.#bodyEnded || !this.#options.anyOrder) return false;
    const idle = [...this.#timerSteps].filter(([timer]) => !timer.keepAlive);
    return idle.length === this.#course.ready.length;
  }

  #perform(step: Step): void {
    this.#current = step.task;
    try {
      step.perform();
    } catch (error) {
      this.fail("error", error);
    }
  }

  #offer(timer: VirtualTimer): void {
    const perform = (): void => {
      this.#timerSteps.delete(timer);
      this.clock.fire(timer);
    };
    const [label, whenIdle] = [`fires, ${timer.due} ms from the start`, !this.#options.anyOrder];
    this.#timerSteps.set(timer, this.#course.add({ task: timer.task, label, perform, whenIdle }));
  }

  // Tasks of one function are told apart by a number.
  #nameOf({ name }: () => unknown): string {
    const before = this.#names.get(name) ?? 0;
    this.#names.set(name, before + 1);
    return before === 0 || name === "" ? name : `${name} ${before + 1}`;
  }

  // The task that makes a call now: one that has made a call in this step already splits.
  #caller(): Task {
    const task = this.actor();
    const { steps } = this.#course;
    if (task.calledAt === steps) return task.split();
    task.calledAt = steps;
    return task;
  }

  // Somebody from outside acts. If only one task can have been waiting for it, it is that one.
  #disturb(): void {
    if (!this.#disturbed) this.#fromOutside++;
    this.#disturbed = true;
    const silent = this.#silent();
    this.#current = silent.length === 1 ? (silent[0] as Task) : this.#outsider;
  }
}

// What a task's end may touch: promises of tasks are awaited unseen.
const taskEnds: object = { toString: () => "a task" };

/** A call of settled(). */
class SettledWaiter extends Waiter {}
