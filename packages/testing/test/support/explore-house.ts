import { expect } from "vitest";
import { check } from "../../corpus/program.ts";
import { explore } from "../../src/index.ts";

// Few enough for every run of CI, together some 50,000; `pnpm explore` sets more, and another seed each time.
const schedules = Number(process.env["CONC_SCHEDULES"] ?? 2500);
const nightly = process.env["CONC_SCHEDULES"] !== undefined;

/** Explores a program made of the house's own primitives. */
export async function exploreHouse(body: () => Promise<void>): Promise<void> {
  const half = Math.ceil(schedules / 2);
  const seed = nightly ? {} : { seed: 1 };
  const inOrder = await explore(body, { schedules: half, ...seed });
  const anyOrder = await explore(body, { schedules: half, timers: "any-order", ...seed });
  expect(inOrder.schedules + anyOrder.schedules).toBe(2 * half);
}

/** Takes the rejection that a cancel of `ctx` leads to; another one goes on. */
export function endedBy(ctx: { readonly err: Error | undefined }): (error: unknown) => undefined {
  return (error) => {
    if (error !== ctx.err) throw error;
  };
}

/** Fails unless at most `most` are inside at a time; counts who is. */
export class Inside {
  readonly #most: number;
  #now = 0;
  /** How many have entered so far. */
  entered = 0;

  constructor(most = 1) {
    this.#most = most;
  }

  enter(): void {
    this.#now++;
    this.entered++;
    check(this.#now <= this.#most, `${this.#now} inside, where ${this.#most} may be`);
  }

  leave(): void {
    this.#now--;
  }

  get now(): number {
    return this.#now;
  }
}
