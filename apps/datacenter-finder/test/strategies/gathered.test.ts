import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { Gathered } from "../../src/strategies/gathered.ts";
import { fakeFinder } from "../support/simulate.ts";

const sbg = fakeFinder({ name: "SBG", delay: 0, weight: 1 });

describe("Gathered", () => {
  it("has the answers in the order they came, whoever failed beside", async () => {
    const gathered = new Gathered(background());
    await gathered.add(sbg, Promise.reject(new Error("down")));
    gathered.push({ target: sbg, index: 0, status: "fulfilled", value: false });
    await gathered.add(sbg, Promise.resolve(true));
    expect(gathered.answers).toEqual([
      { datacenter: "SBG", found: false },
      { datacenter: "SBG", found: true },
    ]);
  });

  it("throws every failure when there is no answer", async () => {
    const gathered = new Gathered(background());
    const [one, other] = [new Error("down"), new Error("gone")];
    await gathered.add(sbg, Promise.reject(one));
    gathered.push({ target: sbg, index: 0, status: "rejected", reason: other });
    expect(() => gathered.answers).toThrow(expect.objectContaining({ name: "AggregateError", errors: [one, other] }));
  });

  it("throws the context's error once that is done, whatever has been heard", async () => {
    const ctx = withCancel(background());
    const gathered = new Gathered(ctx);
    await gathered.add(sbg, Promise.resolve(true));
    ctx.cancel();
    expect(() => gathered.answers).toThrow(ctx.err);
  });
});
