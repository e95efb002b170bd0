import { describe, expect, it } from "vitest";
import { siteOf } from "../src/site.ts";

function siteIn(...frames: string[]): unknown {
  const error = new Error("site");
  error.stack = ["Error: site", ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return siteOf(error);
}

describe("the line that a stack leads to", () => {
  it("is the first one outside of these packages, with what was called there", () => {
    const user = "increment (file:///home/me/app/counter.test.ts:10:13)";
    const expected = { called: "Mutex.lock", at: "/home/me/app/counter.test.ts:10:13" };
    expect(
      siteIn(
        "Run.block (file:///home/me/app/node_modules/@conc/testing/dist/chunk-A.js:1:2)",
        "_Mutex.lock (/home/me/app/node_modules/.pnpm/@conc+sync@1.0.0/node_modules/@conc/sync/dist/index.cjs:7:8)",
        user,
      ),
    ).toEqual(expected);
    expect(siteIn("Mutex2.lock (http://localhost/node_modules/.vite/deps/@conc_sync.js?v=1a:1:2)", user)).toEqual(
      expected,
    );
    expect(siteIn("Mutex.lock (C:\\conc\\packages\\sync\\src\\mutex.ts:1:2)", user)).toEqual(expected);
  });

  it("may have no function, or be in an async one", () => {
    expect(siteIn("sleep (/x/node_modules/@conc/chan/dist/sleep.js:1:2)", "/x/a.ts:3:4")).toEqual({
      called: "sleep",
      at: "/x/a.ts:3:4",
    });
    expect(siteIn("async /x/a.ts:3:4")).toEqual({ called: undefined, at: "/x/a.ts:3:4" });
    expect(siteIn("async Promise.all (index 0)", "async work (/x/a.ts:3:4)")).toEqual({
      called: undefined,
      at: "/x/a.ts:3:4",
    });
    expect(siteIn("new Worker (/x/a.ts:3:4)")).toMatchObject({ at: "/x/a.ts:3:4" });
  });

  it("is told without what a server adds", () => {
    expect(siteIn("http://localhost:1/src/a.ts?t=17:3:4")).toMatchObject({ at: "http://localhost:1/src/a.ts:3:4" });
  });

  it("is unknown when there is none", () => {
    expect(siteIn("node:internal/timers:1:2")).toBeUndefined();
    expect(siteIn()).toBeUndefined();
  });

  it("is the line of this very file for a stack made here", () => {
    expect(siteOf(new Error("here"))?.at).toMatch(/^\S*test\/site\.test\.ts:\d+:\d+$/);
  });
});
