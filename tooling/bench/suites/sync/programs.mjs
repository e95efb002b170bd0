/**
 * The programs that are measured; `go/sync.go` has the same ones. Each does `operations` operations with a lock of the peer's. Imported
 * once for each library: see `copyFor`.
 */
const contenders = 100;

/** One task locks and unlocks. */
export async function uncontended(peer, operations) {
  const lock = peer.make(1);
  if (peer.run !== undefined) {
    for (let i = 0; i < operations; i++) await peer.run(lock, nothing);
    return;
  }
  for (let i = 0; i < operations; i++) peer.release(await peer.acquire(lock), lock);
}

/** One task locks and unlocks, without waiting. */
export function tryPairs(peer, operations) {
  const lock = peer.make(1);
  for (let i = 0; i < operations; i++) peer.tryPair(lock);
}

/** A hundred tasks lock, await once with the lock held, and unlock. */
export function contended(peer, operations) {
  return contend(peer, peer.make(1), operations);
}

/** The same by a semaphore that lets ten in at a time. */
export function limited(peer, operations) {
  return contend(peer, peer.make(10), operations);
}

async function contend(peer, lock, operations) {
  const task = async () => {
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
  await Promise.all(Array.from({ length: contenders }, task));
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

/** Rounds of a hundred that are added, done and waited for. */
export async function groups(peer, operations) {
  const wg = peer.make();
  for (let i = 0; i < operations; i += contenders) {
    wg.add(contenders);
    const waiting = wg.wait();
    for (let task = 0; task < contenders; task++) wg.done();
    await waiting;
  }
}

function nothing() {}

async function pause() {
  await null;
}
