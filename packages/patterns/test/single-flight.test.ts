import { Chan, recv, select, sleep } from "@conc/chan";
import { background, type Context, contextKey, withCancel, withTimeout, withValue } from "@conc/context";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { SingleFlight } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

/** A load that takes 10 ms and counts its runs. */
function loader() {
  const runs: Context[] = [];
  const load = async (ctx: Context) => {
    runs.push(ctx);
    const run = runs.length;
    await sleep(10, ctx);
    return `run ${run}`;
  };
  return { runs, load };
}

describe("SingleFlight", () => {
  it("has one run for all who ask for the same key at the same time, and tells each that it was shared", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const all = Promise.all([flights.do("a", load), flights.do("a", load), flights.do("b", load)]);
    const [first, second, other] = await world.settled(all);
    expect(first).toEqual({ value: "run 1", shared: true });
    expect(second).toEqual({ value: "run 1", shared: true });
    expect(other).toEqual({ value: "run 2", shared: false });
    expect(runs).toHaveLength(2);
  });

  it("caches nothing: the call after a flight runs anew", async () => {
    const flights = new SingleFlight<string, string>();
    const { load } = loader();
    expect(await world.settled(flights.do("a", load))).toEqual({ value: "run 1", shared: false });
    expect(await world.settled(flights.do("a", load))).toEqual({ value: "run 2", shared: false });
  });

  it("a call in the very step in which the flight ends runs anew", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const next = flights.do("a", load).then(() => flights.do("a", load));
    expect(await world.settled(next)).toEqual({ value: "run 2", shared: false });
    expect(runs).toHaveLength(2);
  });

  it("gives all callers the same failure, and keeps none of it", async () => {
    const flights = new SingleFlight<string, number>();
    const error = new Error("down");
    const failing = [1, 2].map(() => flights.do("a", () => Promise.reject(error)));
    for (const one of failing) await expect(one).rejects.toBe(error);
    const thrower = () => {
      throw error;
    };
    await expect(flights.do("a", thrower)).rejects.toBe(error);
    expect(await stateOf(flights.do("a", () => Promise.reject(undefined)))).toEqual({
      status: "rejected",
      reason: undefined,
    });
    expect(await flights.do("a", () => 7)).toEqual({ value: 7, shared: false });
  });

  it("a caller may leave: the flight goes on for the others", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const leaver = withCancel(background());
    const left = flights.do("a", load, leaver);
    const stays = flights.do("a", load);
    leaver.cancel();
    await expect(left).rejects.toBe(leaver.err);
    expect(runs[0]?.err).toBeUndefined();
    expect(await world.settled(stays)).toEqual({ value: "run 1", shared: true });
  });

  it("is cancelled in the step in which the last caller leaves", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const leavers = [withCancel(background()), withCancel(background())];
    const left = leavers.map((ctx) => stateOf(flights.do("a", load, ctx)));
    leavers[1]?.cancel();
    expect(runs[0]?.err).toBeUndefined();
    leavers[0]?.cancel();
    expect(runs[0]?.err?.name).toBe("AbortError");
    expect(world.clock.timers).toBe(0);
    for (const state of left) expect(await state).toMatchObject({ status: "rejected" });
  });

  it("who comes after the last has left begins a new flight, and never joins the cancelled one", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const leaver = withCancel(background());
    const left = stateOf(flights.do("a", load, leaver));
    leaver.cancel();
    const late = flights.do("a", load);
    expect(runs).toHaveLength(2);
    await left;
    expect(await world.settled(late)).toEqual({ value: "run 2", shared: false });
  });

  it("the end of the flight comes first, if it was first: the caller that leaves in the same step has its value", async () => {
    const flights = new SingleFlight<string, string>();
    const ctx = withCancel(background());
    const call = flights.do("a", () => "value", ctx);
    await Promise.resolve();
    ctx.cancel();
    expect(await call).toEqual({ value: "value", shared: false });
  });

  it("keeps the values of the first caller's context, and not its cancellation", async () => {
    const key = contextKey<string>("user");
    const flights = new SingleFlight<string, unknown>();
    const first = withCancel(withValue(background(), key, "ada"));
    let seen: Context | undefined;
    const load = async (ctx: Context) => {
      seen = ctx;
      await sleep(10, ctx);
      return ctx.value(key);
    };
    const left = stateOf(flights.do("a", load, first));
    const second = flights.do("a", load, withValue(background(), key, "bob"));
    first.cancel();
    expect(seen?.err).toBeUndefined();
    expect(await world.settled(second)).toEqual({ value: "ada", shared: true });
    expect(await left).toMatchObject({ status: "rejected" });
    expect(seen?.err).toBeUndefined();
  });

  it("nothing of a caller's context reaches the next flight", async () => {
    const key = contextKey<string>("user");
    const flights = new SingleFlight<string, unknown>();
    const load = async (ctx: Context) => {
      await sleep(10, ctx);
      return [ctx.value(key), ctx.err];
    };
    const ada = withCancel(withValue(background(), key, "ada"));
    await world.settled(flights.do("a", load, ada));
    ada.cancel();
    const bob = await world.settled(flights.do("a", load, withValue(background(), key, "bob")));
    expect(bob.value).toEqual(["bob", undefined]);
    expect((await world.settled(flights.do("a", load))).value).toEqual([undefined, undefined]);
  });

  it("the last caller's leaving comes first, if it was first: the flight that ends in the same step is nobody's", async () => {
    const flights = new SingleFlight<string, string>();
    const [gate, ctx] = [new Chan<string>(), withCancel(background())];
    // Stubborn: it does not mind its context.
    const call = stateOf(flights.do("a", async () => (await gate.recv()).value ?? "", ctx));
    ctx.cancel();
    expect(gate.trySend("too late")).toBe(true);
    const next = flights.do("a", () => "new");
    expect(await call).toEqual({ status: "rejected", reason: ctx.err });
    expect(await next).toEqual({ value: "new", shared: false });
  });

  it("a flight that never ends is left by its callers, and the next one begins", async () => {
    const flights = new SingleFlight<string, string>();
    const ctx = withTimeout(background(), 10);
    const stuck = stateOf(flights.do("a", () => new Promise<never>(() => {}), ctx));
    await world.clock.advance(10);
    await stuck;
    expect(await flights.do("a", () => "new")).toEqual({ value: "new", shared: false });
  });

  it("forget: the next call begins a run of its own, and neither disturbs the other", async () => {
    const flights = new SingleFlight<string, string>();
    const { load } = loader();
    const before = flights.do("a", load);
    flights.forget("a");
    const after = flights.do("a", load);
    await world.clock.advance(10);
    expect([await before, await after]).toEqual([
      { value: "run 1", shared: false },
      { value: "run 2", shared: false },
    ]);
    flights.forget("nothing");
  });

  it("forgotten, it does not take the new flight away when it ends", async () => {
    const flights = new SingleFlight<string, string>();
    const slow = async () => {
      await sleep(50);
      return "new";
    };
    const before = flights.do("a", () => sleep(10).then(() => "old"));
    flights.forget("a");
    const after = flights.do("a", slow);
    await world.clock.advance(10);
    await before;
    const joins = flights.do("a", slow);
    await world.clock.advance(50);
    expect([await after, await joins].map(({ shared }) => shared)).toEqual([true, true]);
  });

  it("a cancelled source rejects first, and begins nothing", async () => {
    const { load, runs } = loader();
    await expect(new SingleFlight().do("a", load, AbortSignal.abort("no"))).rejects.toBe("no");
    expect(runs).toEqual([]);
  });

  it("names what is wrong with an argument", async () => {
    const flights = new SingleFlight<string, number>();
    await expect(flights.do("a", 1 as never)).rejects.toThrow("fn: expected a function, got 1");
    expect(() => flights.doChan("a", 1 as never)).toThrow("fn: expected a function, got 1");
    expect(() => flights.doChan("a", () => 1, 5 as never)).toThrow("ctx: expected a Context, got 5");
  });
});

describe("doChan", () => {
  it("delivers the outcome once, in a channel that is then closed", async () => {
    const flights = new SingleFlight<string, string>();
    const { load } = loader();
    const [one, two] = [flights.doChan("a", load), flights.doChan("a", load)];
    await world.clock.advance(10);
    expect(await select([recv(one)])).toEqual({ value: { value: "run 1", shared: true }, ok: true });
    expect(await one.recv()).toEqual({ value: undefined, ok: false });
    expect(await two.recv()).toMatchObject({ value: { value: "run 1" } });
  });

  it.each([
    ["an error", new Error("down")],
    ["undefined", undefined],
  ])("is closed with the failure as its cause: %s", async (_, reason) => {
    const ch = new SingleFlight<string, number>().doChan("a", () => Promise.reject(reason));
    const error = await ch.recv().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(reason === undefined || error === reason).toBe(true);
  });

  it("leaving a loop over it is leaving the flight", async () => {
    const flights = new SingleFlight<string, string>();
    const { load, runs } = loader();
    const ch = flights.doChan("a", load);
    await ch[Symbol.asyncIterator]().return?.();
    expect(runs[0]?.err?.name).toBe("AbortError");
  });

  it("its context's end is leaving too", async () => {
    const { load, runs } = loader();
    const ctx = withCancel(background());
    const ch = new SingleFlight<string, string>().doChan("a", load, ctx);
    ctx.cancel();
    expect(runs[0]?.err?.name).toBe("AbortError");
    await expect(ch.recv()).rejects.toBe(ctx.err);
  });
});
