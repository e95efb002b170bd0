import { Budget } from "@conc/patterns";
import { describe, expect, it } from "vitest";
import { HedgeBudget } from "../../src/strategies/hedge-budget.ts";
import { simulate, workshop } from "../support/simulate.ts";

const broke = () => new Budget({ ratio: 0, burst: 0 });

describe("HedgeBudget", () => {
  it("takes from the budget only what runs beside another", async () => {
    const budget = new Budget({ ratio: 0, burst: 1 });
    const find = new HedgeBudget(budget);
    const ended: (() => void)[] = [];
    const attempt = () => find.attempt(() => new Promise<void>((resolve) => ended.push(resolve)));
    const first = attempt();
    expect([find.tryWithdraw(), budget.balance]).toEqual([true, 0]);
    const second = attempt();
    expect(find.tryWithdraw()).toBe(false);
    ended[0]?.();
    await first;
    expect(find.tryWithdraw()).toBe(true);
    const third = attempt();
    expect(find.tryWithdraw()).toBe(false);
    for (const end of ended) end();
    await Promise.all([second, third]);
  });

  it("pays in for the find", () => {
    const budget = new Budget({ ratio: 1, burst: 0 });
    new HedgeBudget(budget).deposit();
    expect(budget.balance).toBe(1);
  });

  it("gives the place of an attempt back that fails", async () => {
    const find = new HedgeBudget(broke());
    await expect(find.attempt(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(find.tryWithdraw()).toBe(true);
  });
});

describe("hedged on a budget", () => {
  it("sends no hedge when it is spent, and asks the next when the one before has ended: nothing that is there is missed", async () => {
    const seen: string[] = [];
    const hedging = {
      budget: broke(),
      observe: (event: { type: string; by?: string }) => void seen.push(`${event.type} ${event.by ?? ""}`.trim()),
    };
    const { events, report } = await simulate("hedged", { livesIn: ["BHS"], hedging });
    expect(events).toEqual([
      "0 SBG started",
      "100 SBG answered not found",
      "100 GRA started",
      "300 GRA answered not found",
      "300 BHS started",
      "600 BHS answered",
    ]);
    expect(report).toMatchObject({ result: "found", datacenter: "BHS" });
    expect(seen.filter((what) => what === "suppressed budget").length).toBeGreaterThan(0);
  });

  it("sends as many hedges as the finds have paid for", async () => {
    const hedging = { budget: new Budget({ ratio: 0.5, burst: 0 }), observe: () => {} };
    const asked: number[] = [];
    for (let find = 0; find < 4; find++) {
      const { report } = await simulate("hedged", { hedging });
      asked.push(report.datacenters.filter(({ outcome }) => outcome !== "not started").length);
    }
    expect(asked).toEqual([1, 2, 1, 2]);
  });

  it("tells what happens to the attempts", async () => {
    const seen: string[] = [];
    const hedging = {
      budget: new Budget({ ratio: 1, burst: 10 }),
      observe: ({ type }: { type: string }) => void seen.push(type),
    };
    const { events } = await simulate("hedged", { among: workshop("errgroup"), hedging });
    expect(events).toEqual([
      "0 DCError started",
      "75 SBG started",
      "100 DCError failed",
      "100 GRA started",
      "175 SBG answered",
      "175 GRA cancelled",
    ]);
    expect(seen).toEqual(["sent", "hedged", "failed", "hedged", "won", "wasted"]);
  });
});
