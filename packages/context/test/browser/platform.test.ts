/* What the platform offers in browsers, under contexts. (For Node: platform.node.test.ts.) */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  background,
  DeadlineExceededError,
  fromSignal,
  withCancel,
  withDeadline,
  withTimeout,
} from "../../src/index.ts";
import { membersOf } from "../support/members-of.ts";

interface WithSignal {
  readonly signal: AbortSignal;
}

/** What the page has beside what Node has too. */
const page = globalThis as unknown as {
  readonly navigator: {
    readonly locks: {
      request(name: string, fn: () => unknown): Promise<unknown>;
      request(name: string, options: WithSignal, fn: () => unknown): Promise<unknown>;
    };
  };
  readonly scheduler: { postTask(fn: () => unknown, options: WithSignal): Promise<unknown> };
  readonly document: {
    createElement(name: "iframe"): { remove(): void; readonly contentWindow: typeof globalThis };
    readonly body: { append(element: unknown): void };
  };
};

let release: (value?: unknown) => void = () => {};
beforeAll(async () => {
  await new Promise((taken) => {
    void page.navigator.locks.request("taken", () => {
      taken(undefined);
      return new Promise((resolve) => {
        release = resolve;
      });
    });
  });
});
afterAll(() => release());

/** What takes an options object with a signal, and goes on until it is cancelled. */
const rejecting: Record<string, (options: WithSignal) => Promise<unknown>> = {
  fetch: (options) => fetch("/silent/fetch", options),
  "fetch of a Request": (options) => fetch(new Request("/silent/request", options)),
  pipeTo: (options) => new ReadableStream().pipeTo(new WritableStream(), options),
  pipeThrough: (options) => new ReadableStream().pipeThrough(new TransformStream(), options).getReader().read(),
  "a web lock": (options) => page.navigator.locks.request("taken", options, () => "was not cancelled"),
  "scheduler.postTask": (options) => page.scheduler.postTask(() => "was not cancelled", options),
};

describe("rejects with the error of the context it was handed", () => {
  it.each(Object.entries(rejecting))("%s, when it is cancelled", async (_, run) => {
    const ctx = withCancel(background());
    const ended = run(ctx).then(
      () => "was not cancelled",
      (error: unknown) => error,
    );
    ctx.cancel(new Error("the page was left"));
    expect(await ended).toBe(ctx.err);
  });

  it.each(Object.entries(rejecting))("%s, when its deadline has passed", async (_, run) => {
    const ctx = withTimeout(background(), 0);
    await expect(run(ctx)).rejects.toBe(ctx.err);
  });
});

it.each(Object.entries(rejecting))(
  "%s asks its options for the signal, and for nothing else that a context has",
  async (_, run) => {
    const ctx = withCancel(background());
    const asked = new Set<PropertyKey>();
    const options = new Proxy(
      { signal: ctx.signal },
      {
        get: (target, name, receiver) => Reflect.get(target, asked.add(name) && name, receiver) as unknown,
        has: (target, name) => Reflect.has(target, asked.add(name) && name),
      },
    );
    const ended = run(options).catch(() => {});
    ctx.cancel();
    await ended;
    expect(membersOf(ctx).filter((name) => asked.has(name))).toEqual(["signal"]);
  },
);

describe("what goes on in the world is really ended", () => {
  it("fetch: the server sees the one who asked go", async () => {
    const ctx = withCancel(background());
    const fetching = fetch("/silent/gone", ctx).catch((error: unknown) => error);
    await fetch("/silent-arrived?of=gone");
    ctx.cancel();
    expect((await fetch("/silent-gone?of=gone")).ok).toBe(true);
    expect(await fetching).toBe(ctx.err);
  });

  it("fetch: reading a body that comes slowly", async () => {
    const ctx = withCancel(background());
    const response = await fetch("/silent/body", ctx);
    const body = response.text();
    ctx.cancel();
    await expect(body).rejects.toBe(ctx.err);
    expect((await fetch("/silent-gone?of=body")).ok).toBe(true);
  });

  it("addEventListener: the listener is gone, and was there before", () => {
    const ctx = withCancel(background());
    const target = new EventTarget();
    let heard = 0;
    target.addEventListener("news", () => heard++, ctx);
    target.dispatchEvent(new Event("news"));
    target.dispatchEvent(new Event("news"));
    ctx.cancel();
    target.dispatchEvent(new Event("news"));
    target.addEventListener("news", () => heard++, ctx);
    target.dispatchEvent(new Event("news"));
    expect(heard).toBe(2);
  });
});

it("fetch under a context that goes on is answered, also under the background", async () => {
  for (const ctx of [background(), withTimeout(background(), 60_000)]) {
    expect((await fetch(import.meta.url, ctx)).ok).toBe(true);
  }
});

it("fromSignal takes what AbortSignal.any gives, and AbortSignal.any a context's signal", () => {
  const controller = new AbortController();
  const ctx = fromSignal(AbortSignal.any([controller.signal, AbortSignal.timeout(60_000)]));
  const both = AbortSignal.any([ctx.signal, new AbortController().signal]);
  controller.abort("enough");
  expect([ctx.cause, both.reason]).toEqual(["enough", ctx.err]);
});

it("dates and signals of another realm are dates and signals", () => {
  const frame = page.document.createElement("iframe");
  page.document.body.append(frame);
  const { AbortController: Controller, Date: OtherDate } = frame.contentWindow;
  const controller = new Controller();
  const date = new OtherDate(0);
  expect([controller.signal instanceof AbortSignal, date instanceof Date]).toEqual([false, false]);
  const ctx = fromSignal(controller.signal);
  controller.abort("the frame was closed");
  expect(ctx.cause).toBe("the frame was closed");
  expect(withDeadline(background(), date).err).toBeInstanceOf(DeadlineExceededError);
  frame.remove();
});
