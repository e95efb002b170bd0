import { Chan } from "@conc/chan";
import { Mutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

interface Lock {
  lock(): Promise<unknown>;
  unlock(): void;
}

/** A hand-made mutex: a flag, and a queue of those who wait. */
abstract class HandMade implements Lock {
  protected locked = false;
  readonly #queue: Chan<never>[] = [];

  abstract lock(): Promise<void>;

  unlock(): void {
    this.locked = false;
    this.#queue.shift()?.close();
  }

  protected async waitForTurn(): Promise<void> {
    const turn = new Chan<never>();
    this.#queue.push(turn);
    await turn.recv();
  }
}

/** Between "is it locked" and "queue me" there is an await, in which the unlock goes by. */
class LosesWakeups extends HandMade {
  async lock(): Promise<void> {
    await interleave();
    while (this.locked) {
      await interleave();
      await this.waitForTurn();
    }
    this.locked = true;
  }
}

/** Who is woken does not look again, though somebody may have barged in. */
class LetsTwoIn extends HandMade {
  async lock(): Promise<void> {
    await interleave();
    if (this.locked) await this.waitForTurn();
    this.locked = true;
  }
}

async function program(mu: Lock, tasks: number, rounds: number): Promise<void> {
  let inside = 0;
  const worker = async (): Promise<void> => {
    for (let i = 0; i < rounds; i++) {
      await mu.lock();
      check(++inside === 1, "two owners");
      await interleave();
      inside--;
      mu.unlock();
    }
  };
  await all(...Array.from({ length: tasks }, () => worker));
}

/** A hand-made mutex that sleeps through its wake-up. */
export const lostWakeup: Program = {
  name: "mutex: lost wake-up",
  kind: "deadlock",
  buggy: () => program(new LosesWakeups(), 2, 2),
  correct: () => program(new Mutex(), 2, 2),
};

/** A hand-made mutex that hands over, and lets somebody barge in. */
export const twoOwners: Program = {
  name: "mutex: barging, two owners",
  kind: "error",
  buggy: () => program(new LetsTwoIn(), 3, 1),
  correct: () => program(new Mutex(), 3, 1),
};
