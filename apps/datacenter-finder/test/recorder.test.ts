import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import type { FindEvent } from "../src/find-event.ts";
import type { Finder } from "../src/finder.ts";
import { Recorder } from "../src/recorder.ts";

const finder = (find: Finder["find"]): Finder => ({ name: "SBG", weight: 10, find });

function record(one: Finder): { watched: Finder; recorder: Recorder; types: () => string[] } {
  const events: FindEvent[] = [];
  const recorder = new Recorder([one], (event) => events.push(event));
  return { watched: recorder.finders[0] as Finder, recorder, types: () => events.map(({ type }) => type) };
}

describe("Recorder", () => {
  it("hands the answer through, and tells of it", async () => {
    const { watched, recorder, types } = record(finder(async () => true));
    expect(await watched.find(background(), "x")).toBe(true);
    expect(types()).toEqual(["started", "answered"]);
    expect(recorder.outcomes).toMatchObject([{ datacenter: "SBG", outcome: "answered", found: true }]);
  });

  it("calls it failed when the finder had no answer of its own accord", async () => {
    const down = new Error("down");
    const { watched, recorder, types } = record(finder(() => Promise.reject(down)));
    await expect(watched.find(background(), "x")).rejects.toBe(down);
    expect(types()).toEqual(["started", "failed"]);
    expect(recorder.explains(down)).toBe(true);
    expect(recorder.explains(new AggregateError([down]))).toBe(true);
    expect(recorder.explains(new AggregateError([down, new Error("other")]))).toBe(false);
  });

  it("calls it cancelled when the answer was not wanted any more, with the cause", async () => {
    const ctx = withCancel(background());
    const { watched, recorder, types } = record(finder((ctx) => ctx.done.recv().then(() => Promise.reject(ctx.err))));
    const finding = watched.find(ctx, "x");
    ctx.cancel(new Error("never mind"));
    await expect(finding).rejects.toBe(ctx.err);
    expect(types()).toEqual(["started", "cancelled"]);
    expect(recorder.outcomes).toMatchObject([{ outcome: "cancelled", reason: "never mind" }]);
    expect(recorder.explains(ctx.err)).toBe(false);
  });

  it("gives what still runs at the end its ending, and only one", async () => {
    const ctx = withCancel(background());
    let answer: (found: boolean) => void = () => {};
    const { watched, recorder, types } = record(finder(() => new Promise((resolve) => (answer = resolve))));
    const finding = watched.find(ctx, "x");
    ctx.cancel();
    recorder.end();
    answer(true);
    await finding;
    expect(types()).toEqual(["started", "cancelled"]);
  });

  it("knows who was never asked", () => {
    const { recorder } = record(finder(async () => true));
    recorder.end();
    expect(recorder.outcomes).toEqual([{ datacenter: "SBG", outcome: "not started" }]);
  });
});
