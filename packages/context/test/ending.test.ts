import { Chan } from "@conc/chan";
import { describe, expect, it } from "vitest";
import { background, withCancel } from "../src/index.ts";

function canceller(ctx: { cancel(): void }) {
  ctx.cancel();
}

function reader(ctx: { err: Error | undefined }) {
  return ctx.err;
}

describe("the error of an end", () => {
  it("leads to the one who cancelled, when something waits on the context", async () => {
    const ctx = withCancel(background());
    const waiting = new Chan().recv(ctx);
    canceller(ctx);
    const err: Error = await waiting.catch((reason) => reason);
    expect(err.stack).toContain("canceller");
    expect(reader(ctx)).toBe(err);
  });

  it("leads to the one who cancelled, when the context has a signal", () => {
    const ctx = withCancel(background());
    expect(ctx.signal.aborted).toBe(false);
    canceller(ctx);
    expect((ctx.signal.reason as Error).stack).toContain("canceller");
  });

  it("is not made before somebody asks, since an Error costs ten times as much as the cancel", () => {
    const ctx = withCancel(background());
    canceller(ctx);
    const err = reader(ctx);
    expect(err?.stack).toContain("reader");
    expect(err?.stack).not.toContain("canceller");
  });

  it("is one for all contexts that the same cancel reached, whoever asks first", () => {
    const parent = withCancel(background());
    const child = withCancel(parent);
    parent.cancel();
    const { err } = child;
    expect(parent.err).toBe(err);
    expect(withCancel(parent).err).toBe(err);
  });
});
