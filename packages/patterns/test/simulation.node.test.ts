import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { burst, type Figures, inVirtualTime, policies, ratio, simulate, tailAtScale } from "./simulation.ts";
import { drawTail } from "./tail-plot.ts";

/** Each policy's figures; the seed is fixed, so they are the same in every run. */
const figures = new Map<string, Figures>();
const of = (name: string) => figures.get(name) as Figures;

beforeAll(async () => {
  for (const [name, policy] of Object.entries(policies)) {
    figures.set(name, await inVirtualTime(() => simulate(policy(), tailAtScale)));
  }
}, 300_000);

describe("the tail at scale: 100,000 requests, ten seconds of them in a brown-out", () => {
  it("a fixed delay doubles the load in the brown-out, when everything is slow", () => {
    expect(of("fixed 25 ms").extraSteady).toBeLessThan(0.1);
    expect(of("fixed 25 ms").extraBrownOut).toBeGreaterThan(0.95);
  });

  it("an adaptive delay takes up the slowness, and cuts the steady p99 at least to half for 5 % of extra load", () => {
    const adaptive = of("adaptive p95");
    expect(adaptive.p99).toBeLessThan(of("none").p99 / 2);
    expect(adaptive.extraSteady).toBeLessThan(0.055);
    expect(adaptive.extraBrownOut).toBeLessThan(0.25);
  });

  it("with a budget the extra load is never more than its ratio and burst, in the brown-out too, and the tail is as short", () => {
    const bounded = of("adaptive p95, 5 % budget");
    const inBrownOut = (tailAtScale.brownOut.to - tailAtScale.brownOut.from) / tailAtScale.interval;
    expect(bounded.extra).toBeLessThanOrEqual(ratio * tailAtScale.requests + burst);
    expect(bounded.extraBrownOut).toBeLessThanOrEqual(ratio + (burst + 1) / inBrownOut);
    expect(bounded.p99).toBeLessThan(of("none").p99 / 2);
  });

  it("asking everybody at once has the shortest tail, for twice the load", () => {
    const others = [...figures].filter(([name]) => name !== "redundant").map(([, { p99 }]) => p99);
    expect(of("redundant").p99).toBeLessThan(Math.min(...others));
    expect(of("redundant").extra).toBe(tailAtScale.requests);
  });

  it("the README shows these figures", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
    for (const [name, { p50, p99, p999, extraSteady, extraBrownOut }] of figures) {
      const row = [name, ms(p50), ms(p99), ms(p999), percent(extraSteady), percent(extraBrownOut)];
      expect(readme).toContain(`| ${row.join(" | ")} |`);
    }
  });

  it("the documentation's plot shows these figures; `vitest -u` draws it anew", async () => {
    await expect(drawTail(figures)).toMatchFileSnapshot("../../../apps/docs/guide/tail-at-scale.svg");
  });
});
