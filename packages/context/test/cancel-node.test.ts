import { Chan, recv, select, sleep } from "@conc/chan";
import { unhandledIn, useFakeClock, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import {
  background,
  CanceledError,
  type CancelContext,
  type Context,
  contextKey,
  withCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";
import { handMade } from "./support/hand-made.ts";

/** background <- root <- [a <- [a1, a2], b <- [b1]] */
function tree() {
  const root = withCancel(background());
  const [a, b] = [withCancel(root), withCancel(root)];
  const [a1, a2, b1] = [withCancel(a), withCancel(a), withCancel(b)];
  return { root, a, b, a1, a2, b1 };
}

describe("the three rounds of an end", () => {
  it("signals are aborted from the parents to the children, siblings in the order they were made", () => {
    const ctxs = tree();
    const order: string[] = [];
    for (const [name, ctx] of Object.entries(ctxs).reverse()) {
      ctx.signal.addEventListener("abort", () => order.push(name));
    }
    ctxs.root.cancel();
    expect(order).toEqual(["root", "a", "b", "a1", "a2", "b1"]);
  });

  it("no listener sees a context that is done above one that is not", () => {
    const ctxs = tree();
    const seen: boolean[] = [];
    for (const ctx of Object.values(ctxs)) {
      ctx.signal.addEventListener("abort", () => {
        for (const other of Object.values(ctxs)) seen.push(other.err === ctxs.root.err);
      });
    }
    ctxs.root.cancel();
    expect(seen).toHaveLength(36);
    expect(seen.every(Boolean)).toBe(true);
  });

  it("a listener cannot serve a wait under any context that is done: all are decided before it runs", async () => {
    const { root, b1 } = tree();
    const ch = new Chan<string>();
    root.signal.addEventListener("abort", () => expect(ch.trySend("too late")).toBe(false));
    const waiting = [ch.recv(b1), select([recv(ch)], b1), b1.done.recv()];
    root.cancel();
    const states = await Promise.allSettled(waiting);
    expect(states.map((one) => one.status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect.assertions(2);
  });

  it("waits are told in the order of the tree, and within a context in the order they came", async () => {
    const { root, a, b, a1 } = tree();
    const order: string[] = [];
    const wait = (name: string, ctx: Context) =>
      new Chan().recv(ctx).catch((reason) => order.push(reason === root.err ? name : String(reason)));
    const all = [wait("a1", a1), wait("b", b), wait("a, first", a), wait("root", root), wait("a, second", a)];
    root.cancel();
    await Promise.all(all);
    expect(order).toEqual(["root", "a, first", "a, second", "b", "a1"]);
  });
});

describe("a listener that", () => {
  it("asks a context further down for its channel or signal for the first time finds both ended", () => {
    const { root, a, b, a1 } = tree();
    const told: string[] = [];
    root.signal.addEventListener("abort", () => {
      expect([a.done.tryRecv()?.ok, a.signal.aborted, a.signal.reason]).toEqual([false, true, root.err]);
      a.signal.addEventListener("abort", () => told.push("never: it was aborted before"));
    });
    b.signal.addEventListener("abort", () => told.push("b"));
    a1.signal.addEventListener("abort", () => told.push("a1"));
    root.cancel();
    expect(told).toEqual(["b", "a1"]);
    expect.assertions(2);
  });

  it("cancels the same context, one above or one below changes nothing about them", () => {
    const { root, a, a1, b } = tree();
    a.signal.addEventListener("abort", () => {
      for (const ctx of [a, a1, root]) ctx.cancel("from within");
    });
    a.cancel("first");
    expect([a.cause, a1.cause, root.cause, b.cause]).toEqual(["first", "first", "from within", "from within"]);
  });

  it("derives a context from one that is done gets one that is done", () => {
    const { root, b } = tree();
    let child: CancelContext | undefined;
    root.signal.addEventListener("abort", () => {
      child = withTimeout(b, 1e6);
    });
    root.cancel();
    expect(child?.err).toBe(root.err);
  });

  it("waits under a context that is done is refused at once", async () => {
    const watched = watch();
    const { root, b } = tree();
    let waiting: Promise<unknown> | undefined;
    root.signal.addEventListener("abort", () => {
      waiting = sleep(1e6, b);
    });
    root.cancel();
    await expect(waiting).rejects.toBe(root.err);
    expect(watched.waiting).toBe(0);
    watched.stop();
  });

  it("throws keeps no other from being told", async () => {
    const { root, a } = tree();
    const told: string[] = [];
    root.signal.addEventListener("abort", () => {
      throw new Error("broken listener");
    });
    root.signal.addEventListener("abort", () => told.push("root"));
    a.signal.addEventListener("abort", () => told.push("a"));
    expect(await unhandledIn(() => root.cancel())).toEqual([new Error("broken listener")]);
    expect(told).toEqual(["root", "a"]);
  });
});

describe("a hand-made parent", () => {
  const key = contextKey<unknown>("user");

  it("gives its values, its deadline, its end with error and cause", () => {
    const parent = handMade([[key, "ada"]], new Date(4e12));
    const ctx = withValue(withCancel(parent), contextKey("other"), 1);
    expect(ctx.value(key)).toBe("ada");
    expect(ctx.deadline).toEqual(new Date(4e12));
    const err = new Error("its own error", { cause: "its cause" });
    parent.end(err);
    expect(ctx.err).toBe(err);
    expect(ctx.cause).toBe("its cause");
    expect(ctx.signal.reason).toBe(err);
  });

  it("whose err and cause stay empty ends its children with its signal's reason", () => {
    const controller = new AbortController();
    const parent: Context = { ...handMade(), signal: controller.signal };
    const [before, after] = [withCancel(parent), () => withCancel(parent)];
    const reason = new Error("only the signal knows");
    controller.abort(reason);
    for (const ctx of [before, after()]) {
      expect([ctx.err, ctx.cause, ctx.signal.reason]).toEqual([reason, reason, reason]);
    }
  });

  it("that is done makes children that are done", () => {
    const parent = handMade();
    const err = new Error("over");
    parent.end(err);
    expect(withCancel(parent).err).toBe(err);
    expect(withTimeout(parent, 1e6).cause).toBe(err);
  });

  it("with an earlier deadline spares the child a timer", () => {
    const clock = useFakeClock();
    const parent = handMade([], new Date(clock.date() + 100));
    withTimeout(parent, 200);
    expect(clock.timers).toBe(0);
    withTimeout(parent, 50).cancel();
    clock.restore();
  });

  it("under a value is itself: state, signal and channel", () => {
    const parent = handMade();
    const ctx = withValue(parent, key, 1);
    expect([ctx.signal, ctx.done]).toEqual([parent.signal, parent.done]);
    parent.end(new Error("over"));
    expect(ctx.err).toBe(parent.err);
    expect(withCancel(ctx).err).toBe(parent.err);
  });
});

describe("a tree of any size", () => {
  it("10,000 deep ends, prints, and finds a value at its root, without a stack overflow", () => {
    const key = contextKey<string>("at the root");
    const root = withCancel(withValue(background(), key, "found"));
    let leaf: CancelContext = root;
    for (let i = 0; i < 10_000; i++) leaf = withCancel(leaf);
    expect(leaf.value(key)).toBe("found");
    expect(String(leaf)).toHaveLength("context.Background.WithValue(at the root, found)".length + 10_001 * 11);
    root.cancel();
    expect(leaf.err).toBe(root.err);
    expect(leaf.err).toBeInstanceOf(CanceledError);
  });

  it("1,000,000 wide ends without a stack overflow", () => {
    const root = withCancel(background());
    const children = Array.from({ length: 1_000_000 }, () => withCancel(root));
    root.cancel("all");
    expect(children.every((ctx) => ctx.cause === "all")).toBe(true);
  }, 60_000);
});
