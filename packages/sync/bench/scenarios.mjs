import { runInThisContext } from "node:vm";

/** What is measured. Each function does `operations` operations with a lock of the peer's. */

/** The least that a task can do per operation: one bare await. */
export async function floor(operations) {
  for (let i = 0; i < operations; i++) await null;
}

/** One task locks and unlocks. */
export async function uncontended(peer, operations) {
  const lock = peer.make(1);
  if (peer.run !== undefined) {
    for (let i = 0; i < operations; i++) await peer.run(lock, nothing);
    return;
  }
  for (let i = 0; i < operations; i++) peer.release(await peer.acquire(lock), lock);
}

/** A hundred tasks lock, await once with the lock held, and unlock. */
export async function contended(peer, operations) {
  const contenders = 100;
  const lock = peer.make(1);
  const contend = async () => {
    for (let i = 0; i < operations / contenders; i++) {
      if (peer.run !== undefined) {
        await peer.run(lock, pause);
        continue;
      }
      const held = await peer.acquire(lock);
      await null;
      peer.release(held, lock);
    }
  };
  await Promise.all(Array.from({ length: contenders }, contend));
}

/** So many come at once, and are served one after the other. */
export async function burst(peer, operations) {
  const lock = peer.make(1);
  const served = new Array(operations);
  for (let i = 0; i < operations; i++) {
    served[i] =
      peer.run === undefined ? peer.acquire(lock).then((held) => peer.release(held, lock)) : peer.run(lock, nothing);
  }
  await Promise.all(served);
}

/** A semaphore that lets ten tasks in at a time. */
export function limited(peer) {
  return { ...peer, make: () => peer.make(10) };
}

/** Rounds of a hundred tasks that are added, done and waited for. */
export async function groups(peer, operations) {
  const wg = peer.make();
  for (let i = 0; i < operations; i += 100) {
    wg.add(100);
    const waiting = wg.wait();
    for (let task = 0; task < 100; task++) wg.done();
    await waiting;
  }
}

function nothing() {}

async function pause() {
  await null;
}

/**
 * The same function, compiled for itself: the engine optimises a function for the objects it has seen, and one that has seen ten
 * libraries is slow for each of them, as no program that uses one would be.
 */
export function compiledAnew(scenario) {
  return runInThisContext(`(nothing, pause) => ${scenario}`)(nothing, pause);
}
