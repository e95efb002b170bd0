import { Chan, sleep } from "@conc/chan";
import { go, Mutex } from "@conc/sync";
import { beforeEach, describe, expect, it } from "vitest";
import { verifyNone, virtualTime } from "../src/index.ts";
import { leakOf } from "./support/leak-of.ts";

const runtime = (globalThis as Record<symbol, unknown>)[Symbol.for("@conc/runtime")] as { observer: unknown };

describe("verifyNone", () => {
  it("fails with where a task was started that is still alive, and where it waits", async () => {
    const ch = new Chan<number>();
    const message = await leakOf(
      verifyNone(() => {
        void go(async function producer() {
          await ch.send(1);
        });
      }),
    );
    const here = String.raw`\S*verify-none\.test\.ts:\d+:\d+`;
    expect(message).toMatch(/^still alive:\n/);
    expect(message).toMatch(new RegExp(`producer, started at ${here}`));
    expect(message).toMatch(new RegExp(String.raw`waits for send of Chan\(.*1 sending\) \(${here}\)`));
  });

  it("fails for a call outside of any task, and for a task that waits for something else", async () => {
    const message = await leakOf(
      verifyNone(async () => {
        const mu = new Mutex({ name: "db" });
        await mu.lock();
        void mu.lock();
        void go(function idler() {
          return new Promise(() => {});
        });
      }),
    );
    expect(message).toMatch(/a call waits for lock of Mutex\("db", locked, 1 waiting\)/);
    expect(message).toMatch(/idler, started at \S+, has not ended/);
  });

  it("passes when everything has ended, and gives what the function gave", async () => {
    const ch = new Chan<number>();
    const sum = verifyNone(async () => {
      void go(() => ch.send(1));
      return (await ch.recv()).value;
    });
    expect(await sum).toBe(1);
    expect(runtime.observer).toBeNull();
  });

  it("gives what is about to end the time for it", async () => {
    expect(await verifyNone(() => void go(() => sleep(10)))).toBeUndefined();
  });

  it("does not look at what was there before", async () => {
    const ch = new Chan<number>();
    void ch.recv();
    expect(await verifyNone(() => 1)).toBe(1);
    await ch.send(1);
  });

  it("rejects with what the function throws, and watches no more", async () => {
    const error = new Error("no");
    await expect(verifyNone(() => Promise.reject(error))).rejects.toBe(error);
    expect(runtime.observer).toBeNull();
  });

  it("can be ended by a call, or by `await using`", async () => {
    const ch = new Chan<number>();
    const verify = verifyNone();
    void ch.recv();
    expect(await leakOf(verify())).toContain("recv");
    const scope = async () => {
      await using _ = verifyNone();
      void ch.recv();
    };
    expect(await leakOf(scope())).toContain("recv");
    expect(runtime.observer).toBeNull();
  });

  it("lets one watch inside another", async () => {
    const ch = new Chan<number>();
    const inner = () => verifyNone(() => void ch.recv());
    expect(await leakOf(verifyNone(() => leakOf(inner())))).toContain("recv");
  });

  it("inside of virtual time needs no patience", () =>
    virtualTime(async () => {
      const ch = new Chan<number>();
      const message = await leakOf(verifyNone(() => void go(() => ch.send(1))));
      expect(message).toContain("send of Chan");
      await ch.recv();
    }));
});

describe("verifyNone in a beforeEach", () => {
  beforeEach(() => verifyNone());

  it("watches every test", async () => {
    expect(runtime.observer).not.toBeNull();
    await go(() => {});
  });
});
