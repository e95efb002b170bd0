/*
 * Random races against a sequential specification: what each target would do is drawn, the specification computes from that who must
 * win, when, and after how many attempts.
 */
import { sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { flush, stateOf } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedged, type Winner } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

interface Target {
  readonly ms: number;
  readonly ends: "answers" | "refused" | "fails" | "throws";
  /** Goes on although it was cancelled. */
  readonly stubborn: boolean;
}
interface Program {
  readonly targets: readonly Target[];
  readonly delay: number;
  readonly cancelAt: number;
}
type Outcome =
  | { at: number; is: "won"; index: number; attempts: number }
  | { at: number; is: "failed"; errors: number[] }
  | { at: number; is: "refused" }
  | { at: number; is: "cancelled" };

/** The specification, one moment after the other. Times are drawn so that no two events fall together. */
function expected({ targets, delay, cancelAt }: Program): Outcome {
  const running: { index: number; endsAt: number }[] = [];
  const failed: number[] = [];
  let [sent, nextAt, at] = [0, 0, 0];
  const send = () => {
    const index = sent++;
    const { ms, ends } = targets[index] as Target;
    running.push({ index, endsAt: at + (ends === "throws" ? 0 : ms) });
    nextAt = sent < targets.length ? at + delay : Number.POSITIVE_INFINITY;
  };
  send();
  for (;;) {
    running.sort((a, b) => a.endsAt - b.endsAt);
    const first = running[0];
    at = Math.min(first?.endsAt ?? Number.POSITIVE_INFINITY, nextAt, cancelAt);
    if (at === cancelAt) return { at, is: "cancelled" };
    if (at === nextAt && at !== first?.endsAt) {
      send();
      continue;
    }
    const { index } = running.shift() as { index: number };
    const { ends } = targets[index] as Target;
    if (ends === "answers") return { at, is: "won", index, attempts: sent };
    if (ends !== "refused") failed.push(index);
    if (sent < targets.length) send();
    else if (running.length === 0) {
      return failed.length > 0 ? { at, is: "failed", errors: failed.sort((a, b) => a - b) } : { at, is: "refused" };
    }
  }
}

const program: fc.Arbitrary<Program> = fc
  .record({
    targets: fc.array(
      fc.record({
        ms: fc.integer({ min: 1, max: 40 }),
        ends: fc.constantFrom("answers" as const, "refused" as const, "fails" as const, "throws" as const),
        stubborn: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    delay: fc.integer({ min: 1, max: 30 }),
    cancelAt: fc.integer({ min: 1, max: 150 }),
  })
  // Fractions that never add up to each other's keep the moments apart.
  .map(({ targets, delay, cancelAt }) => ({
    targets: targets.map((target, i) => ({ ...target, ms: target.ms + 2 ** -(i + 4) })),
    delay: delay + 2 ** -12,
    cancelAt: cancelAt + 2 ** -20,
  }));

describe("a race", () => {
  it("has the winner, the moment and the number of attempts that the specification says, and leaves nothing running", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(program, async (drawn) => {
        const start = world.clock.now();
        const contexts: Context[] = [];
        const running = new Set<number>();
        let gone = false;
        const ctx = withCancel(background());
        const ask = async (own: Context, target: Target, index: number) => {
          contexts[index] = own;
          running.add(index);
          await sleep(target.ms, target.stubborn ? undefined : own).finally(() => running.delete(index));
          if (target.ends === "fails") throw index;
          return target.ends;
        };
        const call = hedged(
          ctx,
          drawn.targets,
          (own, target, index) => {
            expect(gone).toBe(false);
            contexts[index] = own;
            if (target.ends === "throws") throw index;
            return ask(own, target, index);
          },
          { delay: drawn.delay, accept: (value) => value === "answers" },
        );
        let outcome: Outcome | undefined;
        let winner: Winner<Target, string> | undefined;
        const at = () => world.clock.now() - start;
        const observed = call.then(
          (won) => {
            gone = true;
            winner = won;
            outcome =
              won === undefined
                ? { at: at(), is: "refused" }
                : { at: at(), is: "won", index: won.index, attempts: won.attempts };
            // Whoever still runs has been told to stop before the caller heard of the winner.
            for (const index of running) expect(contexts[index]?.err).toBeDefined();
          },
          (error: unknown) => {
            gone = true;
            outcome =
              error === ctx.err
                ? { at: at(), is: "cancelled" }
                : { at: at(), is: "failed", errors: (error as AggregateError).errors };
          },
        );
        await world.clock.advance(drawn.cancelAt);
        ctx.cancel();
        await flush();
        await observed;
        const specified = expected(drawn);
        expect(outcome).toEqual(specified);
        seen.add(specified.is);
        const ofWinner = winner === undefined ? undefined : contexts[winner.index];
        expect(ofWinner?.err).toBeUndefined();
        const { status } = await stateOf(winner?.losers ?? Promise.resolve());
        expect(status).toBe(winner === undefined || running.size === 0 ? "fulfilled" : "pending");
        await world.clock.advance(50);
        expect(running.size).toBe(0);
        expect(world.clock.timers).toBe(0);
        await winner?.losers;
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(["cancelled", "failed", "refused", "won"]);
  });
});
