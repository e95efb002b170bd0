import { background, withCancel, withTimeout } from "@conc/context";
import { describe, expect, it } from "vitest";
import type { HttpFinder } from "../../src/http-finder.ts";
import type { Finder } from "../../src/finder.ts";
import { Finds } from "../../src/service/finds.ts";
import { defaultLimits } from "../../src/service/limits.ts";
import { defaults } from "../../src/strategies/strategy.ts";

/** A datacenter that answers when it is told to, and knows whether it was told to stop. */
class Controlled implements Finder {
  readonly weight = 10;
  readonly asked: { answer: (found: boolean) => void; signal: AbortSignal }[] = [];
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  find({ signal }: { signal: AbortSignal }): Promise<boolean> {
    return new Promise((answer, reject) => {
      this.asked.push({ answer, signal });
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  }
}

function findsOf(...finders: Controlled[]): Finds {
  const fleet = {
    datacenters: finders as unknown as HttpFinder[],
    description: "",
    options: defaults,
    findersOf: () => finders as unknown as HttpFinder[],
    close: () => Promise.resolve(),
  };
  return new Finds(fleet, { limits: defaultLimits });
}

const query = { resource: "server-1", strategy: "waitgroup", timeout: 60_000 } as const;
const step = () => new Promise((resolve) => setImmediate(resolve));

describe("Finds", () => {
  it("lets those who ask for the same share one find, and gives all of them its report", async () => {
    const one = new Controlled("SBG");
    const finds = findsOf(one);
    const answers = [finds.shared(background(), query), finds.shared(background(), query)];
    const other = finds.shared(background(), { ...query, resource: "server-2" });
    await step();
    expect(one.asked).toHaveLength(2);
    for (const { answer } of one.asked) answer(true);
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ shared: true, report: { result: "found", resource: "server-1" } });
    expect(second?.report).toBe(first?.report);
    expect(await other).toMatchObject({ shared: false, report: { resource: "server-2" } });
  });

  it("asks anew after a find has ended", async () => {
    const one = new Controlled("SBG");
    const finds = findsOf(one);
    for (const found of [true, false]) {
      const answer = finds.shared(background(), query);
      await step();
      one.asked.at(-1)?.answer(found);
      expect((await answer).report.found).toBe(found);
    }
    expect(one.asked).toHaveLength(2);
  });

  it("tells who leaves at a deadline of its own what goes on without it, and goes on", async () => {
    const [quick, slow] = [new Controlled("SBG"), new Controlled("GRA")];
    const finds = findsOf(quick, slow);
    const staying = finds.shared(background(), query);
    await step();
    quick.asked[0]?.answer(true);
    await step();
    const left = await finds.shared(background(), { ...query, timeout: 5 });
    expect(left.shared).toBe(true);
    expect(left.report).toMatchObject({
      result: "deadline exceeded",
      datacenters: [
        { datacenter: "SBG", outcome: "answered", found: true },
        { datacenter: "GRA", outcome: "running" },
      ],
    });
    expect(slow.asked[0]?.signal.aborted).toBe(false);
    slow.asked[0]?.answer(false);
    expect((await staying).report).toMatchObject({ result: "found", datacenter: "SBG" });
  });

  it("cancels the find when the last has left, and never lets anybody join one that is cancelled", async () => {
    const one = new Controlled("SBG");
    const finds = findsOf(one);
    const [first, second] = [withCancel(background()), withCancel(background())];
    const leaving = [finds.shared(first, query), finds.shared(second, query)];
    await step();
    first.cancel();
    await step();
    expect(one.asked[0]?.signal.aborted).toBe(false);
    second.cancel(new Error("the client has gone"));
    expect(one.asked[0]?.signal.aborted).toBe(true);
    const next = finds.shared(background(), query);
    expect((await Promise.all(leaving)).map(({ report }) => [report.result, report.datacenters[0]?.outcome])).toEqual([
      ["cancelled", "running"],
      ["cancelled", "cancelled"],
    ]);
    await step();
    one.asked[1]?.answer(true);
    expect((await next).report.result).toBe("found");
  });

  it("gives who had gone before it asked a report all the same, and asks nobody", async () => {
    const one = new Controlled("SBG");
    using gone = withTimeout(background(), 0);
    const { report } = await findsOf(one).shared(gone, query);
    expect(report).toMatchObject({ result: "deadline exceeded", datacenters: [{ outcome: "not started" }] });
    expect(one.asked).toEqual([]);
  });

  it("does not share a find that is told live", async () => {
    const one = new Controlled("SBG");
    const finds = findsOf(one);
    const told = { begin: () => {}, observe: () => {} };
    const answers = [finds.live(background(), query, told), finds.live(background(), query, told)];
    await step();
    expect(one.asked).toHaveLength(2);
    for (const { answer } of one.asked) answer(true);
    expect((await Promise.all(answers)).map(({ report }) => report.result)).toEqual(["found", "found"]);
  });
});
