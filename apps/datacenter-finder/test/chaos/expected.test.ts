import { describe, expect, it } from "vitest";
import { type Circumstance, expected } from "../../chaos/faults/expected.ts";
import { datacenterTimeout } from "../../chaos/faults/faulty-fleet.ts";
import type { FaultKind } from "../../chaos/faults/faults.ts";
import type { DatacenterSpec } from "../../src/fleet/workshop.ts";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { simulate } from "../support/simulate.ts";

const kinds: readonly FaultKind[] = ["fails", "hangs", "answers"];
const circumstances: readonly Circumstance[] = [
  { faulty: "one", first: "datacenter" },
  { faulty: "one", first: "find" },
  { faulty: "all", first: "datacenter" },
  { faulty: "all", first: "find" },
];
const cases = strategyNames.flatMap((strategy) =>
  kinds.flatMap((kind) => circumstances.map((circumstance) => ({ strategy, kind, ...circumstance }))),
);

/** A datacenter with a fault, on the fake clock: what its own timeout does to one that hangs is a failure at that time. */
function faulty(name: string, kind: FaultKind, first: Circumstance["first"]): DatacenterSpec {
  if (kind === "answers") return spec(name);
  if (kind === "fails") return spec(name, { failure: "broken" });
  return first === "find"
    ? spec(name, { delay: forever })
    : spec(name, { delay: datacenterTimeout, failure: "too late" });
}

describe("among datacenters that misbehave", () => {
  it.each(cases)(
    "a find by $strategy ends as it should, in time, and leaves nothing: $faulty $kind, the $first's time is up first",
    async ({ strategy, kind, faulty: which, first }) => {
      const others =
        which === "one"
          ? [spec("good", { delay: 100 }), spec("empty", { delay: 50 })]
          : [faulty("faulty2", kind, first)];
      const timeout = first === "find" ? 0.7 * datacenterTimeout : 10_000;
      const { report, left } = await simulate(strategy, {
        among: [faulty("faulty", kind, first), ...others],
        livesIn: ["faulty", "faulty2", "good"],
        timeout,
      });
      const found = report.datacenter === null ? report.result : `found in ${report.datacenter}`;
      expect(found).toBe(expected(strategy, kind, { faulty: which, first }));
      expect(report.elapsed).toBeLessThanOrEqual(timeout);
      // To the millisecond, when it is the deadline that ends it.
      expect(report.result === "deadline exceeded" ? report.elapsed : timeout).toBe(timeout);
      expect(left).toEqual({ timers: 0, waiting: 0 });
    },
  );
});
