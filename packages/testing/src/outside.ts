import { systemClock } from "@conc/internal";

/*
 * Fetches, files, timers of the platform: a run does not order them, it waits for them, and time stands still meanwhile. That something is
 * under way the platform tells only roughly, and browsers not at all; so the waiting has an end.
 */

// In real milliseconds: for what is known to be under way, and for what may be.
const patience = 2000;
const grace = 50;

/** What goes on outside of the explored programs of a session. */
export class Outside {
  // What was under way when the run began, and what has been waited for in vain: servers, idle connections.
  #ignored: readonly string[] = [];
  // When the waiting that goes on now began, for what is under way and for what may be.
  #since: number | undefined;
  #graceSince: number | undefined;
  #everCame = false;
  #graceInVain = false;

  /** A run begins. */
  begin(): void {
    this.#ignored = active() ?? [];
    this.#since = this.#graceSince = undefined;
  }

  /** Something has come. */
  came(): void {
    this.#everCame = true;
    this.#since = this.#graceSince = undefined;
  }

  /** Whether to wait before time moves: something has been started outside since the run began, and may come back. */
  isUnderWay(): boolean {
    const now = active();
    if (now !== undefined && someAdded(this.#ignored, now)) {
      this.#since ??= systemClock.now();
      if (systemClock.now() - this.#since < patience) return true;
      this.#ignored = now;
    }
    this.#since = undefined;
    return false;
  }

  /**
   * Whether to wait a little before a run whose tasks wait for something unknown is called dead. In a session to which nothing ever came
   * from outside, once is enough.
   */
  mayBeUnderWay(): boolean {
    if (this.#graceInVain && !this.#everCame) return false;
    this.#graceSince ??= systemClock.now();
    this.#graceInVain = systemClock.now() - this.#graceSince >= grace;
    return !this.#graceInVain;
  }
}

// Immediates are the pump's own.
function active(): readonly string[] | undefined {
  const { process } = globalThis as { process?: { getActiveResourcesInfo?: () => string[] } };
  return process?.getActiveResourcesInfo?.().filter((type) => type !== "Immediate");
}

function someAdded(before: readonly string[], now: readonly string[]): boolean {
  if (now.length > before.length) return true;
  const rest = [...before];
  return now.some((type) => {
    const at = rest.indexOf(type);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
