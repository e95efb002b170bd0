import { recv, trySelect } from "@conc/chan";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { afterFunc, background, contextKey, todo } from "../src/index.ts";

describe.each([
  ["background", background],
  ["todo", todo],
])("%s", (_, root) => {
  it("is the same one each time", () => {
    expect(root()).toBe(root());
  });

  it("is never done: no error, no cause, no deadline, no value, a signal that is never aborted", async () => {
    const ctx = root();
    expect([ctx.err, ctx.cause, ctx.deadline]).toEqual([undefined, undefined, undefined]);
    expect(ctx.value(contextKey("any"))).toBeUndefined();
    expect(ctx.signal).toBeInstanceOf(AbortSignal);
    expect(ctx.signal.aborted).toBe(false);
    expect(trySelect([recv(ctx.done)], () => "open")).toBe("open");
    expect(await stateOf(ctx.done.recv())).toEqual({ status: "pending" });
  });

  it("has a signal that keeps no listeners, so that none pile up for the life of the program", () => {
    const { signal } = root();
    let heard = 0;
    signal.addEventListener("abort", () => heard++);
    signal.dispatchEvent(new Event("abort"));
    expect(heard).toBe(0);
  });

  it("cannot be cancelled", () => {
    expect("cancel" in root()).toBe(false);
    expect(Symbol.dispose in root()).toBe(false);
  });

  it("takes functions to call after its end, and gives them back", () => {
    const stop = afterFunc(root(), () => expect.fail("it never ends"));
    expect(stop()).toBe(true);
    expect(stop()).toBe(false);
  });
});

it("background and todo are two, and print as what they are", () => {
  expect(background()).not.toBe(todo());
  expect([String(background()), String(todo())]).toEqual(["context.Background", "context.TODO"]);
});
