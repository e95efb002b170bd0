/* On the page's own clock and event loop. */
import { Chan, recv, select } from "@conc/chan";
import { expect, it } from "vitest";
import { afterFunc, background, DeadlineExceededError, withCancel, withTimeout } from "../../src/index.ts";

it("there is no Node here", () => {
  expect(typeof globalThis.process?.getBuiltinModule).toBe("undefined");
});

it("a deadline passes, ends the waits, calls the functions, and stands in a select", async () => {
  using ctx = withTimeout(background(), 5, "too slow");
  let called = false;
  afterFunc(ctx, () => {
    called = true;
  });
  const waiting = new Chan().recv(withCancel(ctx));
  expect(await select([recv(new Chan(), () => "a value"), recv(ctx.done, () => "the end")])).toBe("the end");
  await expect(waiting).rejects.toBe(ctx.err);
  expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  expect([ctx.cause, ctx.signal.reason, called]).toEqual(["too slow", ctx.err, true]);
});
