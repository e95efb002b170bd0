import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drawSvg, writeReport } from "../src/report.ts";
import { Tally } from "../src/tally.ts";
import { usual, watchDay } from "./support/watch-day.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bakery-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function tallied(options: Partial<typeof usual> = {}): Promise<Tally> {
  const tally = new Tally();
  for (const event of await watchDay(options)) tally.add(event);
  return tally;
}

describe("the report", () => {
  it("draws occupancy and queue over the day, with the limit, the President, and when it was sold out", async () => {
    const svg = await drawSvg(await tallied(), usual);
    expect(svg).toMatch(/^<svg .*<\/svg>\s*$/s);
    for (const text of ["people inside", "parties in the queue", "room for 5", "the President", "sold out", "07:30"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).toContain("200 customers, 200 chocolatines; 5 people at most, by a weighted semaphore; seed 1");
  });

  it("draws also a day on which nothing happens", async () => {
    const options = { ...usual, customers: 0, presidentAfter: 0, capacity: 1 };
    const svg = await drawSvg(await tallied(options), options);
    expect(svg).toContain("room for 1");
    expect(svg).not.toContain("the President</text>");
  });

  it("is a page with the closing figures when the file ends in .html", async () => {
    const tally = await tallied();
    const file = join(folder, "day.html");
    await writeReport(file, tally, usual);
    const html = readFileSync(file, "utf8");
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("<th>highest occupancy</th><td>5 of 5, never above</td>");
    expect(html.match(/<svg /g)).toHaveLength(1);
  });
});
