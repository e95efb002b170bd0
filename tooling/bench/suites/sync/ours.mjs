/** Ours, of whichever build, behind the functions that `peers.mjs` tells of. */
export const ours = {
  lock: ({ Mutex }) => ({
    name: "@conc/sync",
    make: () => new Mutex(),
    acquire: (mu) => mu.lock(),
    release: (held) => held.unlock(),
    tryPair: (mu) => mu.tryLock().unlock(),
  }),
  readLock: ({ RWMutex }) => ({
    name: "@conc/sync",
    make: () => new RWMutex(),
    acquire: (rw) => rw.rLock(),
    release: (held) => held.unlock(),
  }),
  semaphore: ({ Semaphore }) => ({
    name: "@conc/sync",
    make: (permits) => new Semaphore(permits),
    acquire: (sem) => sem.acquire(),
    release: (held) => held.unlock(),
  }),
  waitGroup: ({ WaitGroup }) => ({ name: "@conc/sync", make: () => new WaitGroup() }),
};
