import { createRequire } from "node:module";
import { Chan, recv, select } from "@conc/chan";
import { flush, useFakeClock, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import * as src from "../src/index.ts";
import { cjs, esm } from "./support/copies.ts";
import { countControllers } from "./support/count-controllers.ts";

const copies = { "the sources": src, "the ES module": esm, CommonJS: cjs };
const pairs = Object.entries(copies).flatMap(([a, above]) =>
  Object.entries(copies)
    .filter(([b]) => b !== a)
    .map(([b, below]) => [a, b, above, below] as const),
);

it("the three are copies indeed", () => {
  expect(new Set([src.withCancel, esm.withCancel, cjs.withCancel]).size).toBe(3);
  expect(src.background()).not.toBe(esm.background());
});

describe.each(pairs)("a parent of %s and a child of %s", (_a, _b, above, below) => {
  it("end together, with one error and one cause", () => {
    const parent = above.withCancel(above.background());
    const child = below.withCancel(parent);
    const grandchild = above.withCancel(below.withValue(child, below.contextKey("k"), 1));
    parent.cancel("over");
    for (const ctx of [child, grandchild]) {
      expect(ctx.err).toBe(parent.err);
      expect(ctx.cause).toBe("over");
      expect(ctx.signal.reason).toBe(parent.err);
      expect(ctx.done.tryRecv()?.ok).toBe(false);
    }
    expect(below.withCancel(parent).err).toBe(parent.err);
  });

  it("without a cause, and with a deadline, tell the same as one another", async () => {
    const clock = useFakeClock();
    const parent = above.withTimeout(above.background(), 100);
    const child = below.withTimeout(parent, 200);
    expect(child.deadline).toEqual(parent.deadline);
    expect(clock.timers).toBe(1);
    await clock.advance(100);
    expect(child.err).toBeInstanceOf(above.DeadlineExceededError);
    expect([child.err, child.cause]).toEqual([parent.err, parent.err]);
    clock.restore();
  });

  it("share values by the keys of either", () => {
    const [one, two] = [above.contextKey<string>("one"), below.contextKey<string>("two")];
    const parent = above.withValue(above.withValue(above.background(), one, "1"), two, "2");
    const child = below.withValue(below.withCancel(parent), one, undefined);
    expect([parent.value(one), parent.value(two)]).toEqual(["1", "2"]);
    expect([child.value(one), child.value(two)]).toEqual([undefined, "2"]);
  });

  it("leave nothing of the child with the parent, and nobody asks for a signal", () => {
    const controllers = countControllers();
    const watched = watch();
    const parent = above.withTimeout(above.background(), 1e6);
    below.withCancel(below.withValue(parent, below.contextKey("k"), 1)).cancel();
    const stop = below.afterFunc(parent, () => {});
    expect(watched.waiting).toBe(1);
    stop();
    parent.cancel();
    controllers.restore();
    watched.stop();
    expect([controllers.made, watched.waiting]).toEqual([0, 0]);
  });

  it("print as one chain", () => {
    expect(String(below.withCancel(above.withCancel(above.todo())))).toBe("context.TODO.WithCancel.WithCancel");
  });

  it("run each other's functions", async () => {
    const called: string[] = [];
    const parent = above.withCancel(above.background());
    below.afterFunc(parent, () => called.push("below"));
    above.afterFunc(below.withCancel(parent), () => called.push("above"));
    parent.cancel();
    await flush();
    expect(called.sort((a, b) => a.localeCompare(b))).toEqual(["above", "below"]);
  });
});

it("waits of a CommonJS channel end with a context of the ES module, and stand in one select with its channel", async () => {
  const chan: typeof import("@conc/chan") = createRequire(import.meta.url)("@conc/chan");
  expect(chan.Chan).not.toBe(Chan);
  const ctx = esm.withCancel(esm.background());
  const waiting = new chan.Chan().recv(ctx);
  const chosen = [
    select([recv(new chan.Chan()), recv(ctx.done, () => "ended")]),
    chan.select([chan.recv(new Chan()), chan.recv(ctx.done, () => "ended")]),
  ];
  ctx.cancel();
  await expect(waiting).rejects.toBe(ctx.err);
  expect(await Promise.all(chosen)).toEqual(["ended", "ended"]);
});

it("loading all copies adds nothing to globalThis but the record they share", () => {
  const conc = Reflect.ownKeys(globalThis).filter((key) => String(key).includes("conc"));
  expect(conc).toEqual([Symbol.for("@conc/runtime")]);
});
