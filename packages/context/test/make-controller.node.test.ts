import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { flush } from "@conc/internal/testkit";
import { expect, it, vi } from "vitest";
import { background, withCancel } from "../src/index.ts";

it("50 operations of the platform under one context make no MaxListenersExceededWarning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const ctx = withCancel(background());
  const all = Array.from({ length: 50 }, () => setTimeout(1e6, undefined, ctx));
  await flush();
  ctx.cancel();
  const states = await Promise.allSettled(all);
  process.off("warning", note);
  expect(states.filter(({ status }) => status === "rejected")).toHaveLength(50);
  expect(warnings).toEqual([]);
});

it("where there is no Node, a context has a signal all the same", async () => {
  vi.stubGlobal("process", undefined);
  const { signal } = withCancel(background());
  vi.unstubAllGlobals();
  expect(signal.aborted).toBe(false);
  const ctx = withCancel(background());
  const aborted = once(ctx.signal, "abort");
  ctx.cancel();
  await aborted;
  expect(ctx.signal.aborted).toBe(true);
});
