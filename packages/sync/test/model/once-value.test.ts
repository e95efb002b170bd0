import { it } from "vitest";
import { onceValue } from "../../src/index.ts";
import { deferred } from "../support.ts";
import { checkModel, type Outcome, type Source, type Subject, type World } from "./harness.ts";

/** A onceValue as the run that goes on, what is kept, and those who wait. */
const subject =
  (retry: boolean) =>
  (world: World): Subject => {
    let runs = 0;
    let gate = deferred<object>();
    const get = onceValue(
      () => {
        runs++;
        gate = deferred();
        return gate.promise;
      },
      { retry },
    );
    let specifiedRuns = 0;
    let isRunning = false;
    let kept: Outcome | undefined;
    let waiting: { id: number; source: Source }[] = [];
    return {
      commands: {
        get: (n) => {
          const { source, cancel } = world.source(n);
          const id = world.call(source, get(cancel));
          if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
          else if (kept !== undefined) world.expect(id, kept);
          else {
            if (!isRunning) specifiedRuns++;
            isRunning = true;
            waiting.push({ id, source });
          }
        },
        "the run ends": async (n) => {
          if (!isRunning) return;
          const outcome: Outcome = n % 2 === 0 ? "fulfilled" : { rejected: n };
          if (outcome === "fulfilled") gate.resolve({});
          else gate.reject(n);
          await world.settle();
          isRunning = false;
          if (outcome === "fulfilled" || !retry) kept = outcome;
          for (const { id } of waiting) world.expect(id, outcome);
          waiting = [];
        },
      },
      abort: (source) => {
        for (const call of waiting) {
          if (call.source === source) world.expect(call.id, { rejected: world.reason(source) });
        }
        waiting = waiting.filter((call) => call.source !== source);
      },
      real: () => `${runs} runs`,
      specified: () => `${specifiedRuns} runs`,
      // A run that is left alone keeps the async context on, which would slow down every program after it.
      finish: async () => {
        gate.resolve({});
        await world.settle();
      },
    };
  };

it.each([false, true])(
  "onceValue with retry: %s does what its sequential specification says, in every random program",
  (retry) => checkModel(subject(retry)),
  60_000,
);
