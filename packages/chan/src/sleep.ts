import {
  checkDuration,
  completed,
  failedWith,
  park,
  refusal,
  runtime,
  type SignalSource,
  type TimerHandle,
  Waiter,
} from "@conc/internal";

/**
 * Waits `ms` milliseconds; 0 and less do not wait.
 *
 * Blocks: until the time has come. Keeps the process alive until then.
 * Cancel: rejects with the source's reason, and its timer is gone.
 * Throws: (rejects with) RangeError if `ms` is not a number.
 *
 * Go: `time.Sleep`.
 */
export function sleep(ms: number, cancel?: SignalSource): Promise<void> {
  const refused = refusal(cancel);
  if (refused !== undefined) return refused;
  try {
    checkDuration("ms", ms);
  } catch (error) {
    return failedWith(error);
  }
  if (ms <= 0) return completed();
  const sleeper = new Sleeper();
  const promise = park<void>(sleeper, cancel);
  sleeper.timer = runtime.clock.setTimer(() => sleeper.settle(undefined), ms, true);
  return promise;
}

class Sleeper extends Waiter {
  timer: TimerHandle | undefined;

  override onCancel(reason: unknown): void {
    this.timer?.clear();
    super.onCancel(reason);
  }
}
