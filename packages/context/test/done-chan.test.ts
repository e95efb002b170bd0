import { after, Chan, MisuseError, recv, select, send, type SendChan, trySelect } from "@conc/chan";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { background, withCancel } from "../src/index.ts";

const over = { value: undefined, ok: false };

describe("ctx.done", () => {
  it("wakes who receives from it, all of them, without an error", async () => {
    const ctx = withCancel(background());
    const waiting = [ctx.done.recv(), ctx.done.recv(), withCancel(ctx).done.recv()];
    ctx.cancel(new Error("not for the channel"));
    expect(await Promise.all(waiting)).toEqual([over, over, over]);
    expect(await ctx.done.recv()).toEqual(over);
  });

  it("stands in a select, before and after the end", async () => {
    const ctx = withCancel(background());
    const jobs = new Chan<string>();
    const chosen = select([recv(jobs, () => "a job"), recv(ctx.done, () => "the end")]);
    ctx.cancel();
    expect(await chosen).toBe("the end");
    expect(trySelect([recv(ctx.done, () => "the end")], () => "still going")).toBe("the end");
    expect(await select([recv(ctx.done, () => "done"), recv(after(60_000), () => "late")])).toBe("done");
  });

  it("`for await` over it goes round never, and ends with the context", async () => {
    const ctx = withCancel(background());
    const loop = (async () => {
      for await (const value of ctx.done) expect.fail(`there is no value, and yet ${String(value)}`);
      return "over";
    })();
    expect(await stateOf(loop)).toEqual({ status: "pending" });
    ctx.cancel();
    expect(await loop).toBe("over");
    for await (const value of ctx.done) expect.fail(`there is no value, and yet ${String(value)}`);
  });

  it("looks like an unbuffered channel, with a name in print", () => {
    const ctx = withCancel(background());
    expect([ctx.done.length, ctx.done.capacity]).toEqual([0, 0]);
    expect(String(ctx.done)).toBe('Chan("ctx.done", 0 of 0 buffered)');
  });

  it("asked for after the end is one channel for all such contexts", () => {
    const ctxs = [withCancel(background()), withCancel(background())];
    for (const ctx of ctxs) ctx.cancel();
    expect(ctxs[0]?.done).toBe(ctxs[1]?.done);
    expect(ctxs[0]?.done.tryRecv()).toEqual(over);
  });
});

describe.each([
  ["open", false],
  ["closed", true],
])("nobody but the context closes it or sends to it, whatever the types are bent to (%s)", (_, ended) => {
  const bent = () => {
    const ctx = withCancel(background());
    const done = ctx.done as unknown as SendChan<string>;
    if (ended) ctx.cancel();
    return { ctx, done };
  };

  it("close, trySend and a send case throw, send rejects", async () => {
    const { ctx, done } = bent();
    expect(() => done.close()).toThrow(MisuseError);
    expect(() => done.close()).toThrow("close of receive-only channel ctx.done; ctx.cancel() ends a context");
    const waiting = ctx.done.recv();
    expect(() => done.trySend("x")).toThrow(MisuseError);
    await expect(done.send("x")).rejects.toThrow("send to receive-only channel ctx.done");
    await expect(select([send(done, "x")])).rejects.toThrow(MisuseError);
    ctx.cancel();
    expect(await waiting).toEqual(over);
  });

  it("and the context still ends with all that is below", () => {
    const { ctx, done } = bent();
    const child = withCancel(ctx);
    const { signal } = child;
    expect(() => done.close()).toThrow(MisuseError);
    ctx.cancel();
    expect([child.err === undefined, signal.aborted]).toEqual([false, true]);
  });
});
