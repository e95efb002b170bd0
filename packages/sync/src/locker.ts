import type { SignalSource } from "@conc/internal";

/**
 * One acquisition of a lock or of permits: the right to give back what was granted, once.
 *
 * `unlock()` and both ways of disposing are the same act. Doing it again is harmless, and a `Held` that is spent can never free
 * somebody else's turn. So `using held = await mu.lock()` may be unlocked early, or twice.
 */
export interface Held extends Disposable, AsyncDisposable {
  /**
   * Gives back what this acquisition holds, to the first in line, in this same step. Does nothing when it is spent: unlocked
   * before, disposed, or taken by a bare `unlock()`.
   *
   * @throws MisuseError while a `Cond.wait` that was not awaited has the lock
   */
  unlock(): void;
}

/**
 * What can be locked and unlocked: {@link Mutex}, {@link RWMutex}, its `rLocker()`, or a lock of your own.
 *
 * Go: `sync.Locker`.
 */
export interface Locker {
  /** Waits for the lock and takes it. */
  lock(cancel?: SignalSource): Promise<Held>;
  /** Frees the lock, whoever holds it, and spends the current {@link Held}. Throws when nothing is held. */
  unlock(): void;
}
