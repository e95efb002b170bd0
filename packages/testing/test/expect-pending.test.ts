import { sleep } from "@conc/chan";
import { Mutex } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { expectPending, virtualTime } from "../src/index.ts";

describe("expectPending", () => {
  it("passes for a wait that nobody has ended", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const waiting = mu.lock();
    await expectPending(waiting);
    held.unlock();
    expect(await waiting).toBeDefined();
  });

  it("says how the promise was settled otherwise", async () => {
    await expect(expectPending(Promise.resolve(42))).rejects.toThrow(
      "expected the promise to be pending, but it was fulfilled with 42",
    );
    await expect(expectPending(Promise.reject(new Error("no")))).rejects.toThrow("rejected with Error: no");
  });

  it("does not move virtual time", () =>
    virtualTime(async () => {
      const nap = sleep(10);
      await expectPending(nap);
      expect(await nap).toBeUndefined();
    }));
});
