import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Chan } from "../src/index.ts";

describe("many waiters on one signal", () => {
  it("make no MaxListenersExceededWarning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const controller = new AbortController();
    const ch = new Chan<number>();
    const all = Array.from({ length: 100 }, () => ch.recv(controller.signal));
    await flush();
    controller.abort();
    await Promise.allSettled(all);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });
});
