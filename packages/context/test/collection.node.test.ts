import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Chan } from "@conc/chan";
import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { endless } from "../src/background.ts";
import { CancelNode } from "../src/cancel-node.ts";
import { Ending } from "../src/ending.ts";
import {
  afterFunc,
  background,
  type CancelContext,
  contextKey,
  fromSignal,
  withCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";

setFlagsFromString("--expose-gc");
const gc: () => void = runInNewContext("gc");

/** What is on the heap once all garbage is gone, in megabytes. */
function heap(): number {
  gc();
  gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const million = 1_000_000;

const key = contextKey<number>("k");
const foreign = new AbortController();

describe("a parent that lives long", { timeout: 60_000 }, () => {
  it.each<[string, (parent: CancelContext) => CancelContext]>([
    ["children", withCancel],
    ["children with a deadline", (parent) => withTimeout(parent, 1e6)],
    ["grandchildren with a value between", (parent) => withCancel(withValue(parent, key, 1))],
    ["children that listen to a signal of somebody else's", (parent) => fromSignal(foreign.signal, parent)],
  ])("keeps nothing of 1,000,000 %s that were made and cancelled", (_, make) => {
    const parent = withCancel(background());
    const round = (times: number) => {
      for (let i = 0; i < times; i++) make(parent).cancel();
    };
    round(10_000);
    const before = heap();
    round(million);
    // A child takes more than 200 bytes: one in a hundred that stayed would be 2 MB.
    expect(heap() - before).toBeLessThan(1);
    expect(parent.err).toBeUndefined();
    expect(getEventListeners(foreign.signal, "abort")).toEqual([]);
  });

  it("keeps nothing of functions that were stopped, waits that were served, and values", async () => {
    const parent = withCancel(background());
    const ch = new Chan<number>();
    const round = async (times: number) => {
      for (let i = 0; i < times; i++) {
        afterFunc(parent, () => {})();
        withValue(parent, key, i);
        const received = ch.recv(parent);
        ch.trySend(i);
        await received;
      }
      await flush();
    };
    await round(1_000);
    const before = heap();
    await round(50_000);
    expect(heap() - before).toBeLessThan(1);
  });
});

describe("an ended context", () => {
  it("holds none of those that were below it: they can be collected", async () => {
    const parent = new CancelNode(endless);
    const refs = Array.from({ length: 100 }, () => new WeakRef(new CancelNode(parent)));
    const alive = async () => {
      await flush();
      gc();
      return refs.filter((ref) => ref.deref() !== undefined).length;
    };
    // While the parent lives they stay, as in Go: it has to tell them.
    expect(await alive()).toBe(100);
    parent.end(Ending.canceled(undefined));
    expect(await alive()).toBe(0);
    expect(parent.cancelled).toBe(true);
  });
});
