import { Cond, Mutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, type Program } from "./program.ts";

async function program(conds: (mu: Mutex) => { notFull: Cond; notEmpty: Cond }): Promise<void> {
  const mu = new Mutex();
  const { notFull, notEmpty } = conds(mu);
  let full = false;
  const put = async (): Promise<void> => {
    await mu.lock();
    while (full) await notFull.wait();
    full = true;
    notEmpty.signal();
    mu.unlock();
  };
  const get = async (): Promise<void> => {
    await mu.lock();
    while (!full) await notEmpty.wait();
    full = false;
    notFull.signal();
    mu.unlock();
  };
  const twice = (fn: () => Promise<void>) => async (): Promise<void> => {
    await fn();
    await interleave();
    await fn();
  };
  await all(twice(put), twice(put), twice(get), twice(get));
}

/** One Cond for "not full" and "not empty": the signal wakes one who waits for the other. */
export const oneCond: Program = {
  name: "one Cond for two predicates",
  kind: "deadlock",
  buggy: () =>
    program((mu) => {
      const cond = new Cond(mu);
      return { notFull: cond, notEmpty: cond };
    }),
  correct: () => program((mu) => ({ notFull: new Cond(mu), notEmpty: new Cond(mu) })),
};
