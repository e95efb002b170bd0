import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { createRequire } from "node:module";
import { flush, stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import * as sources from "../src/index.ts";

// The package as it is published, as ES module and as CommonJS: two copies more, beside the one made of the sources.
const esm: typeof sources = await import(new URL("../dist/index.js", import.meta.url).href);
const cjs: typeof sources = createRequire(import.meta.url)("../dist/index.cjs");

describe("copies of the package", () => {
  it("offer the same names", () => {
    expect(Object.keys(esm).toSorted()).toEqual(Object.keys(sources).toSorted());
    expect(Object.keys(cjs).toSorted()).toEqual(Object.keys(sources).toSorted());
  });

  it.each([
    ["an ES module's Cond on a CommonJS mutex", esm, cjs],
    ["a CommonJS Cond on an ES module's mutex", cjs, esm],
  ])("work together: %s gives the lock back under the same Held", async (_, { Cond }, { Mutex }) => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    const held = await mu.lock();
    const waiting = cond.wait();
    const other = await mu.lock();
    cond.signal();
    expect(await stateOf(waiting)).toEqual({ status: "pending" });
    other.unlock();
    await waiting;
    held.unlock();
    expect(mu.locked).toBe(false);
  });

  it("share one listener on a signal", async () => {
    const controller = new AbortController();
    const waits = [sources, esm, cjs].map(async ({ Mutex }) => {
      const mu = new Mutex();
      await mu.lock();
      return mu.lock(controller.signal);
    });
    await flush();
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    controller.abort("enough");
    const states = await Promise.all(waits.map(stateOf));
    expect(states).toEqual(waits.map(() => ({ status: "rejected", reason: "enough" })));
  });
});

it("loading the package adds nothing to the global object but the runtime record", () => {
  const script = `
    const before = new Set(Reflect.ownKeys(globalThis));
    await import(${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)});
    const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key));
    console.log(added.map(String).join());
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect([stdout.trim(), stderr]).toEqual(["Symbol(@conc/runtime)", ""]);
});
