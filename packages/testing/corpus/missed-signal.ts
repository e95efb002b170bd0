import { Cond, Mutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, type Program } from "./program.ts";

async function program(look: "before the lock" | "under the lock"): Promise<void> {
  const mu = new Mutex();
  const changed = new Cond(mu);
  let ready = false;
  const waiter = async (): Promise<void> => {
    if (look === "before the lock" && ready) return;
    await mu.lock();
    if (look === "under the lock") while (!ready) await changed.wait();
    else await changed.wait();
    mu.unlock();
  };
  const signaller = async (): Promise<void> => {
    await interleave();
    await mu.lock();
    ready = true;
    changed.signal();
    mu.unlock();
  };
  await all(waiter, signaller);
}

/** The condition is looked at outside of the lock: the signal comes before the wait, and no other will. */
export const missedSignal: Program = {
  name: "missed signal",
  kind: "deadlock",
  buggy: () => program("before the lock"),
  correct: () => program("under the lock"),
};
