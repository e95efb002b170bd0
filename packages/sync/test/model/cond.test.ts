import { it } from "vitest";
import { Cond, type Held, Mutex } from "../../src/index.ts";
import { bothThrow, checkModel, type Outcome, type Source, type Subject, type World } from "./harness.ts";

/** One who waits for the lock: a lock call, or a wait that comes back and then has its outcome. `turn` is whose Held it gets. */
interface InLine {
  readonly id: number;
  readonly source: Source;
  readonly turn: number;
  readonly outcome: Outcome;
}

/** A Cond and its mutex as a holder, a queue for the lock and a queue for signals. */
function subject(world: World): Subject {
  const mu = new Mutex();
  const cond = new Cond(mu);
  // The call by whose Held the lock is held.
  let holder: number | undefined;
  let lockQueue: InLine[] = [];
  let signalQueue: { id: number; source: Source; turn: number }[] = [];

  const take = (next: InLine) => {
    holder = next.turn;
    world.expect(next.id, next.outcome);
  };
  const free = () => {
    holder = undefined;
    const next = lockQueue.shift();
    if (next !== undefined) take(next);
  };
  const comeBack = (wait: { id: number; turn: number }, outcome: Outcome) => {
    world.decide(wait.id);
    const next: InLine = { ...wait, source: undefined, outcome };
    if (holder === undefined) take(next);
    else lockQueue.push(next);
  };
  const signal = () => {
    const first = signalQueue.shift();
    if (first !== undefined) comeBack(first, "fulfilled");
  };
  return {
    commands: {
      lock: (n) => {
        const { source, cancel } = world.source(n);
        const id = world.call(source, mu.lock(cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (holder === undefined) take({ id, source, turn: id, outcome: "fulfilled" });
        else lockQueue.push({ id, source, turn: id, outcome: "fulfilled" });
      },
      unlock: () => {
        bothThrow(
          () => mu.unlock(),
          () => holder !== undefined,
        );
        if (holder !== undefined) free();
      },
      "held.unlock": (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        const isLent = [...lockQueue, ...signalQueue].some(({ turn }) => turn === picked.id);
        bothThrow(
          () => (picked.value as Held).unlock(),
          () => !isLent,
        );
        if (picked.id === holder) free();
      },
      wait: (n) => {
        const { source, cancel } = world.source(n);
        const isHeld = holder !== undefined;
        if (!isHeld && !world.isCancelled(source)) return;
        const id = world.call(source, cond.wait(cancel));
        if (world.isCancelled(source)) {
          world.expect(id, { rejected: world.reason(source) });
          return;
        }
        signalQueue.push({ id, source, turn: holder as number });
        free();
      },
      signal: () => {
        cond.signal();
        signal();
      },
      broadcast: () => {
        cond.broadcast();
        while (signalQueue.length > 0) signal();
      },
    },
    abort: (source) => {
      const reason = { rejected: world.reason(source) };
      // The signal tells its waits in the order they began to wait.
      const cancelled = [...lockQueue, ...signalQueue].filter((call) => call.source === source);
      for (const { id } of cancelled) if (lockQueue.some((call) => call.id === id)) world.expect(id, reason);
      lockQueue = lockQueue.filter((call) => call.source !== source);
      const waits = signalQueue.filter((call) => call.source === source);
      signalQueue = signalQueue.filter((call) => call.source !== source);
      for (const wait of waits) comeBack(wait, reason);
    },
    real: () => `${mu} ${cond}`,
    specified: () => {
      const waiting = lockQueue.length > 0 ? `, ${lockQueue.length} waiting` : "";
      return `Mutex(${holder === undefined ? "unlocked" : "locked"}${waiting}) Cond(${signalQueue.length} waiting)`;
    },
  };
}

it("a Cond does what its sequential specification says, in every random program", () => checkModel(subject), 60_000);
