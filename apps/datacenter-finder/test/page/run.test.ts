import { describe, expect, it } from "vitest";
import { advance, give, newRun, type Run } from "../../page/run.ts";
import { countOf, kindOf, moodOf, verdictOf, wordsOf } from "../../page/words.ts";
import { defaults } from "../../src/strategies/strategy.ts";

function begun(): Run {
  return advance(newRun("hedged"), {
    type: "begin",
    data: {
      resource: "x",
      strategy: "hedged",
      timeout: 5000,
      datacenters: ["SBG", "GRA"],
      waitsFor: "hedge",
      options: defaults,
    },
  });
}

describe("a run on the page", () => {
  it("has a row for each datacenter from the beginning, and tells what each waits for", () => {
    const run = begun();
    expect(run.rows.map((row) => [row.datacenter, wordsOf(row, run)])).toEqual([
      ["SBG", "held back by the hedge"],
      ["GRA", "held back by the hedge"],
    ]);
    expect([run.state, verdictOf(run), moodOf(run)]).toEqual(["running", "Asking ...", "busy"]);
  });

  it("follows what happens to each datacenter", () => {
    let run = advance(begun(), { type: "started", data: { datacenter: "SBG", at: 1 } });
    expect(run.rows.map((row) => kindOf(row, run))).toEqual(["running", "waiting"]);
    run = advance(run, { type: "failed", data: { datacenter: "SBG", at: 2, reason: "SBG is down" } });
    expect(run.rows.map((row) => wordsOf(row, run))).toEqual(["failed: SBG is down", "held back by the hedge"]);
  });

  it("says who was not asked, what those waited for, and how many were asked", () => {
    const run = give(advance(begun(), { type: "started", data: { datacenter: "SBG", at: 1 } }), "stopped");
    expect(run.rows.map((row) => wordsOf(row, run))).toEqual([
      "asked, no answer yet",
      "not asked: held back by the hedge",
    ]);
    expect(countOf(run)).toBe("1 of 2 asked");
  });

  it("keeps what it knew when it is stopped or the service has gone, and does not change any more", () => {
    const run = give(advance(begun(), { type: "started", data: { datacenter: "SBG", at: 1 } }), "gone", "nobody there");
    expect(run.rows.map((row) => kindOf(row, run))).toEqual(["running", "unasked"]);
    expect(give(run, "stopped")).toBe(run);
    expect([verdictOf(run), moodOf(run)]).toEqual(["nobody there", "bad"]);
  });
});
