import { systemClock } from "@conc/internal";
import { type Failure, sameFailure } from "./failure.ts";
import type { RunResult } from "./run-options.ts";
import { trimmed } from "./schedule.ts";

// Real milliseconds: shrinking is for the reader, who waits.
const budget = 1000;

/**
 * The choices of a failed run, reduced to few that are not the first: each of those is a switch to another task. Tries to leave
 * out, or make the first, halves of the choices, then quarters, down to single ones, for as long as the run fails in the same way.
 */
export async function shrink(
  failed: { readonly choices: readonly number[]; readonly failure: Failure },
  run: (choices: readonly number[]) => Promise<RunResult>,
): Promise<readonly number[]> {
  const end = systemClock.now() + budget;
  let best = trimmed(failed.choices);
  const better = async (choices: readonly number[]): Promise<boolean> => {
    if (!isSimpler(trimmed(choices), best)) return false;
    const { failure, choices: taken } = await run(choices);
    if (failure === undefined || !sameFailure(failure, failed.failure) || !isSimpler(trimmed(taken), best))
      return false;
    best = trimmed(taken);
    return true;
  };
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && systemClock.now() < end; ) {
      const before = best.slice(0, at);
      const rest = best.slice(at + size);
      const zeros = best.slice(at, at + size).map(() => 0);
      const improved = (await better([...before, ...rest])) || (await better([...before, ...zeros, ...rest]));
      if (!improved) at += size;
    }
  }
  return best;
}

function isSimpler(a: readonly number[], b: readonly number[]): boolean {
  const [switchesOfA, switchesOfB] = [switches(a), switches(b)];
  return switchesOfA < switchesOfB || (switchesOfA === switchesOfB && a.length < b.length);
}

function switches(choices: readonly number[]): number {
  return choices.filter((choice) => choice !== 0).length;
}
