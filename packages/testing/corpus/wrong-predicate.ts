import { Cond, Mutex } from "@conc/sync";
import { all, check, type Program } from "./program.ts";

async function program(lookAgain: boolean): Promise<void> {
  const mu = new Mutex();
  const notEmpty = new Cond(mu);
  const buffer: string[] = [];
  const taken: (string | undefined)[] = [];
  const take = async (): Promise<void> => {
    await mu.lock();
    if (lookAgain) while (buffer.length === 0) await notEmpty.wait();
    else if (buffer.length === 0) await notEmpty.wait();
    taken.push(buffer.shift());
    mu.unlock();
  };
  const put = async (): Promise<void> => {
    await mu.lock();
    buffer.push("bread");
    notEmpty.broadcast();
    mu.unlock();
  };
  await all(take, take, put, put);
  check(!taken.includes(undefined), "took from an empty buffer");
}

/** `if` where `while` belongs: who is woken does not look again. */
export const wrongPredicate: Program = {
  name: "bounded buffer with a wrong predicate",
  kind: "error",
  buggy: () => program(false),
  correct: () => program(true),
};
