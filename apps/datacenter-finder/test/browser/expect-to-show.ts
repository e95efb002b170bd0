import { expect } from "vitest";
import type { Outcome, Report } from "../../src/report.ts";
import { defaults } from "../../src/strategies/strategy.ts";
import { strategies } from "../../src/strategies.ts";
import type { Drawn } from "./drawn.ts";

const words = { answered: "", failed: "failed: ", cancelled: "cancelled: ", running: "", "not started": "" };

const waited = { turn: "waited for its turn", hedge: "held back by the hedge", semaphore: "waited for the semaphore" };

/** What is on the screen must be what the service has said, as exactly as a pixel can show it. */
export function expectToShow(drawn: Drawn, report: Report): void {
  const { datacenters, strategy } = report;
  expect(drawn.rows).toEqual(datacenters.map(({ datacenter }) => datacenter));
  const asked = datacenters.filter(({ startedAt }) => startedAt !== undefined);
  expect(drawn.asked.map(({ told }) => told)).toEqual(
    asked.map(({ datacenter, outcome, found, reason, startedAt, endedAt }) => {
      const what = outcome === "answered" ? (found ? "has it" : "does not have it") : words[outcome] + reason;
      return `${datacenter}: ${what}, from ${startedAt} ms to ${endedAt} ms`;
    }),
  );
  const expectAllNear = (got: readonly number[], wanted: readonly number[]) => {
    expect(got).toHaveLength(wanted.length);
    const off = got.map((ms, index) => Math.abs(ms - (wanted[index] as number)));
    expect(Math.max(0, ...off)).toBeLessThan(2 * drawn.pixel);
  };
  expectAllNear(
    drawn.asked.map(({ from }) => from),
    asked.map(({ startedAt = 0 }) => startedAt),
  );
  expectAllNear(
    drawn.asked.map(({ to }) => to),
    asked.map(({ endedAt = 0 }) => endedAt),
  );
  const { waitsFor } = strategies[strategy];
  const outlines = waitsFor === undefined ? [] : datacenters.map(({ startedAt = report.elapsed }) => startedAt);
  expectAllNear(
    drawn.waiting.map(({ to }) => to),
    outlines,
  );
  expectAllNear(drawn.hedges, waitsFor === "hedge" ? hedgesOf(asked, datacenters.length, report.elapsed) : []);
  // In those outlines that are long enough for it: a letter is some six pixels wide.
  const said = waitsFor === undefined ? "" : waited[waitsFor];
  const outlined = waitsFor === undefined ? [] : asked;
  const longEnough = (letter: number) =>
    outlined.filter(({ startedAt = 0 }) => startedAt / drawn.pixel > said.length * letter).length;
  expect(drawn.waited.filter((words) => words !== said)).toEqual([]);
  expect(drawn.waited.length).toBeGreaterThanOrEqual(longEnough(6.5));
  expect(drawn.waited.length).toBeLessThanOrEqual(longEnough(6));
}

/** The hedge strikes so long after a request, unless the next was sent before that, or all have been asked. */
function hedgesOf(asked: readonly Outcome[], all: number, elapsed: number): number[] {
  const starts = asked.map(({ startedAt = 0 }) => startedAt);
  return starts
    .map((at) => at + defaults.hedgeDelay)
    .filter((due, index) => due <= (starts[index + 1] ?? (starts.length === all ? 0 : elapsed)) + 2 && due <= elapsed);
}
