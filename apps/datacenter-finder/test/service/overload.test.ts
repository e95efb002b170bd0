import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { Admission } from "../../src/service/admission.ts";
import { GatedFinder } from "../../src/service/gated-finder.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

const slow = { delay: forever };

describe("Admission", () => {
  const never = () => new Promise<never>(() => {});

  it("runs what there is room for, lets as many wait as the queue takes, and refuses the next at once", async () => {
    const admission = new Admission({ capacity: 30, queue: 1 });
    const ctx = background();
    void admission.run(ctx, 20, never);
    const leaving = withCancel(ctx);
    const waiting = admission.run(leaving, 20, async () => "let in");
    expect([admission.running, admission.waiting]).toEqual([20, 1]);
    await expect(admission.run(ctx, 10, never)).rejects.toMatchObject({ code: "ERR_OVERLOADED", retryAfter: 1 });
    leaving.cancel();
    await expect(waiting).rejects.toBe(leaving.err);
    expect(await admission.run(ctx, 10, async () => "let in")).toBe("let in");
    expect([admission.running, admission.waiting]).toEqual([20, 0]);
  });

  it("runs alone what is heavier than all the room, and gives it back also after a failure", async () => {
    const admission = new Admission({ capacity: 30, queue: 0 });
    const failing = admission.run(background(), 100, async () => {
      expect(admission.running).toBe(30);
      throw new Error("down");
    });
    await expect(failing).rejects.toThrow("down");
    expect(admission.running).toBe(0);
  });
});

describe("GatedFinder", () => {
  it("asks only so much weight at a time, and forgets who does not wait any longer", async () => {
    let asked = 0;
    const find = (): Promise<boolean> => {
      asked++;
      return new Promise(() => {});
    };
    const gated = new GatedFinder({ name: "SBG", weight: 10, find }, 25);
    const ctx = withCancel(background());
    void gated.find(background(), "x");
    void gated.find(background(), "x");
    const third = gated.find(ctx, "x");
    ctx.cancel();
    await expect(third).rejects.toBe(ctx.err);
    expect(asked).toBe(2);
  });
});

describe("the service under overload", () => {
  it("refuses with 503 and Retry-After at once what it has no room for, and logs it; what waits is told by its deadline", async () => {
    const { service, url, noted, log } = await startService([spec("SBG", slow)], {}, { capacity: 10, queue: 1 });
    const leaving = new AbortController();
    const ask = (path: string) => fetch(`${url}/v1/find/${path}`, { signal: leaving.signal });
    const running = ask("server-1?timeout=60s");
    await noted("received", "SBG");
    const late = await ask("server-2?timeout=20ms");
    expect(late.status).toBe(504);
    expect(await late.json()).toMatchObject({ datacenters: [{ datacenter: "SBG", outcome: "not started" }] });
    const waiting = ask("server-3?timeout=60s");
    await expect.poll(() => service.waiting).toBe(1);
    for (const path of ["server-4", "server-5/events"]) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(await answer.json()).toMatchObject({ detail: "there is no room for more finds" });
    }
    expect(log.filter(({ msg }) => msg === "refused: no room")).toHaveLength(2);
    leaving.abort();
    await Promise.allSettled([running, waiting]);
    await noted("aborted", "SBG");
  });

  it("has room again when a find has ended", async () => {
    const { get, noted } = await startService([spec("SBG", slow)], {}, { capacity: 10, queue: 0 });
    expect((await get("/v1/find/server-1?timeout=20ms")).status).toBe(504);
    await noted("aborted", "SBG");
    expect((await get("/v1/find/server-1?timeout=20ms")).status).toBe(504);
  });
});
