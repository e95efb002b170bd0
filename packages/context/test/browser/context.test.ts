import { Chan, recv, select } from "@conc/chan";
import { expect, it } from "vitest";
import {
  afterFunc,
  background,
  CanceledError,
  DeadlineExceededError,
  fromSignal,
  withCancel,
  withTimeout,
} from "../../src/index.ts";

it("there is no Node here", () => {
  expect(typeof globalThis.process?.getBuiltinModule).toBe("undefined");
});

it("fetch takes a context, and is cancelled by it", async () => {
  const ctx = withCancel(background());
  const fetching = fetch(import.meta.url, ctx);
  ctx.cancel("the page was left");
  const reason: unknown = await fetching.catch((err: unknown) => err);
  expect(reason).toBe(ctx.err);
  expect(ctx.err).toBeInstanceOf(CanceledError);
});

it("fetch under a context that goes on is answered, also under the background", async () => {
  for (const ctx of [background(), withTimeout(background(), 60_000)]) {
    expect((await fetch(import.meta.url, ctx)).ok).toBe(true);
  }
});

it("addEventListener and pipeTo take a context", async () => {
  const ctx = withCancel(background());
  const target = new EventTarget();
  let heard = 0;
  target.addEventListener("news", () => heard++, ctx);
  target.dispatchEvent(new Event("news"));
  const piping = new ReadableStream().pipeTo(new WritableStream(), ctx);
  ctx.cancel();
  target.dispatchEvent(new Event("news"));
  expect(heard).toBe(1);
  await expect(piping).rejects.toBe(ctx.err);
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

it("fromSignal takes the browser's signals", () => {
  const controller = new AbortController();
  const ctx = fromSignal(AbortSignal.any([controller.signal, AbortSignal.timeout(60_000)]));
  controller.abort("enough");
  expect(ctx.cause).toBe("enough");
});

it("a context has one own property, the signal, and prints as its chain", () => {
  const ctx = withCancel(background());
  expect(Reflect.ownKeys(ctx)).toEqual(["signal"]);
  expect(String(ctx)).toBe("context.Background.WithCancel");
});
