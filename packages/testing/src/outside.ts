import { systemClock } from "@conc/internal";
import { resourcesMade } from "./resources-made.ts";

/*
 * Fetches, files, timers of the platform: a run does not order them, it waits for them, and time stands still meanwhile. That something is
 * under way the platform tells only roughly: what it lists as active has begun and not ended, but it does not list everything; what it
 * has made and nothing has come of may be under way, or over. In browsers it tells nothing. So the waiting has an end.
 */

// In real milliseconds: for what is known to be under way, for what may be, and for what may be where the platform tells nothing.
const patience = 2000;
const grace = 50;
const blindGrace = 500;

/** What goes on outside of the explored programs of a session. */
export class Outside {
  /** How much of what the platform makes is asked for by the explorer itself. */
  readonly #asked: () => number;
  // What was under way when the run began, and what has been waited for in vain: servers, idle connections.
  #ignored: readonly string[] = [];
  // Of what the platform has made: what was there when the run began, what has come since, and what was waited for in vain.
  #accounted = 0;
  // When the waiting that goes on now began: for what is under way, for what may be, for what nothing is known of.
  #since: { patience?: number; grace?: number; end?: number } = {};
  #everCame = false;
  #endInVain = false;

  constructor(asked: () => number) {
    this.#asked = asked;
  }

  /** A run begins. */
  begin(): void {
    this.#ignored = active() ?? [];
    this.#accounted = this.#made() ?? 0;
    this.#since = {};
  }

  /** Something has come. */
  came(): void {
    this.#everCame = true;
    this.#accounted++;
    this.#since = {};
  }

  /** Whether to wait before time moves: something has been started outside since the run began, and may come back. */
  isUnderWay(): boolean {
    const now = active();
    if (now !== undefined && someAdded(this.#ignored, now)) {
      if (this.#waits("patience", patience)) return true;
      this.#ignored = now;
    }
    const made = this.#made();
    if (made !== undefined && made > this.#accounted) {
      if (this.#waits("grace", grace)) return true;
      this.#accounted = made;
    }
    delete this.#since.patience;
    delete this.#since.grace;
    return false;
  }

  /**
   * Whether to wait a little before a run whose tasks wait for something unknown is called dead. In a session to which nothing ever came
   * from outside, once is enough.
   */
  mayBeUnderWay(): boolean {
    if (this.#endInVain && !this.#everCame) return false;
    this.#endInVain = !this.#waits("end", active() === undefined ? blindGrace : grace);
    return !this.#endInVain;
  }

  #made(): number | undefined {
    const made = resourcesMade();
    return made === undefined ? undefined : made - this.#asked();
  }

  #waits(what: "patience" | "grace" | "end", limit: number): boolean {
    const now = systemClock.now();
    this.#since[what] ??= now;
    return now - (this.#since[what] as number) < limit;
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
