import { describe, expect, it } from "vitest";
import { datacenters as workshop } from "../../src/fleet/workshop.ts";
import type { Report } from "../../src/report.ts";
import { defaults } from "../../src/strategies/strategy.ts";
import { type StrategyName, strategies, strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { silentDatacenter, startChild } from "../support/start-child.ts";
import { startService } from "../support/start-service.ts";
import { type Drawn, drawnTimeline } from "./drawn.ts";
import { askFor, openPage, screenshot, useBrowser, waitForState } from "./open-page.ts";
import { tapReports } from "./tap.ts";

useBrowser();

const words = { answered: "", failed: "failed: ", cancelled: "cancelled: ", running: "", "not started": "" };

/** What is on the screen must be what the service has said, as exactly as a pixel can show it. */
function expectToShow(drawn: Drawn, report: Report): void {
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
  const hedges = waitsFor === "hedge" ? asked.map(({ startedAt = 0 }) => startedAt + defaults.hedgeDelay) : [];
  expectAllNear(
    drawn.hedges,
    hedges.filter((at) => at <= report.elapsed),
  );
}

describe("the page", () => {
  it.each(strategyNames)("draws what the service says of %s", async (strategy) => {
    const { url, service } = await startService(workshop);
    const reportOf = tapReports();
    const { page, requested } = await openPage(url);
    await askFor(page, strategy);
    await waitForState(page, strategy, "reported");
    const report = reportOf(strategy);
    expect(report).toMatchObject({ strategy, resource: "server-1" });
    expectToShow(await drawnTimeline(page, strategy), report);
    expect(await page.locator("article .verdict").textContent()).toMatch(
      report.found ? `Found in ${report.datacenter}, after ` : "Failed after ",
    );
    expect(requested.filter((one) => !one.startsWith(`http://127.0.0.1:${service.port}/`))).toEqual([]);
  });

  it("runs all strategies side by side on one time axis, and tells them in numbers", async () => {
    const { url } = await startService(workshop);
    const reportOf = tapReports();
    const { page } = await openPage(url);
    await askFor(page, "all");
    for (const strategy of strategyNames) await waitForState(page, strategy, "reported");
    const pixels = new Set<number>();
    for (const strategy of strategyNames) {
      const report = reportOf(strategy);
      const drawn = await drawnTimeline(page, strategy);
      expectToShow(drawn, report);
      pixels.add(Math.round(drawn.pixel * 100));
      const row = page.getByRole("row", { name: new RegExp(`^${strategy} `) });
      expect(await row.textContent()).toContain(report.found ? `found in ${report.datacenter}` : report.result);
    }
    expect(pixels.size).toBe(1);
    await screenshot(page, "side-by-side");
  });

  it("shows a find while it runs: who was asked, who waits, and where the hedge struck", async () => {
    const { url, noted } = await startService([
      spec("SBG", { delay: forever }),
      spec("GRA", { delay: forever }),
      spec("BHS"),
    ]);
    const { page } = await openPage(url);
    // BHS does not have it; the others do not answer, so that the find runs until it is stopped.
    await askFor(page, "hedged", "server-6");
    await page.locator("article svg text", { hasText: "does not have it" }).waitFor();
    await page.locator(".hedges line").nth(1).waitFor({ state: "attached" });
    const drawn = await drawnTimeline(page, "hedged");
    expect(drawn.asked.map(({ told }) => told.split(", from")[0])).toEqual([
      "SBG: asked, no answer yet",
      "GRA: asked, no answer yet",
      "BHS: does not have it",
    ]);
    await page.getByRole("button", { name: "Stop" }).click();
    await waitForState(page, "hedged", "stopped");
    await noted("aborted", "SBG", "GRA");
  });

  it("works by keyboard alone: Tab, Enter, Escape", async () => {
    const { url, noted } = await startService([spec("SBG", { delay: forever })]);
    const { page } = await openPage(url);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("resource");
    await page.keyboard.press("Enter");
    await waitForState(page, "hedged", "running");
    await page.keyboard.press("Escape");
    await waitForState(page, "hedged", "stopped");
    await noted("aborted", "SBG");
  });

  it.each([
    ["light", 1200],
    ["dark", 1200],
    ["dark", 360],
  ] as const)("fits and can be read in %s, %d pixels wide", async (colorScheme, width) => {
    const { url } = await startService(workshop);
    const { page } = await openPage(url, { colorScheme, viewport: { width, height: 800 } });
    await askFor(page, "wsemaphore");
    await waitForState(page, "wsemaphore", "reported");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const lightness = (property: string) =>
      page.evaluate((property) => {
        const [, ...rgb] = /(\d+), (\d+), (\d+)/.exec(getComputedStyle(document.body).getPropertyValue(property)) ?? [];
        return rgb.reduce((sum, one) => sum + Number(one), 0) / 765;
      }, property);
    const [text, ground] = [await lightness("color"), await lightness("background-color")];
    expect(Math.abs(text - ground)).toBeGreaterThan(0.7);
    expect(ground < 0.5).toBe(colorScheme === "dark");
    await screenshot(page, `${colorScheme}-${width}`);
  });
});

describe("the tail view", () => {
  it("measures every strategy, draws a line for each, and has the numbers in a table", async () => {
    const { url } = await startService(workshop);
    const { page } = await openPage(url);
    await page.getByLabel("Finds by each strategy").fill("50");
    await page.getByRole("button", { name: "Measure" }).click();
    await page.locator('.tail-view[data-state="done"]').waitFor();
    expect(await page.locator('.tail-view [aria-label="line"] path').count()).toBe(strategyNames.length);
    const rows = await page.locator(".tail-view tbody tr").allTextContents();
    expect(rows.map((text) => text.trim().split(/[\s\d]/)[0])).toEqual(strategyNames);
    const loads = await page.locator(".tail-view tbody td:last-child").allTextContents();
    expect(loads[strategyNames.indexOf("redundant")]).toBe("3.00");
    expect(Number(loads[strategyNames.indexOf("hedged")])).toBeLessThan(3);
    await screenshot(page, "tail");
  });

  it("says what was wrong with the number", async () => {
    const { url } = await startService([spec("SBG")]);
    const { page } = await openPage(url, {}, /status of 400/);
    await page.getByLabel("Finds by each strategy").fill("many");
    await page.getByRole("button", { name: "Measure" }).click();
    expect(await page.getByRole("alert").textContent()).toBe(
      'finds: expected a whole number from 10 to 1000, got "many"',
    );
  });
});

describe("the page when there is no good answer", () => {
  const verdict = (strategy: StrategyName) => `article[data-strategy="${strategy}"] .verdict`;

  it.each([
    ["not found", "hedged", "no-such-server", "30s", "Not found: nobody who was asked has it"],
    ["a deadline", "sequential", "server-1", "50ms", "No answer in time: the deadline passed after"],
  ] as const)("says %s", async (_, strategy, resource, timeout, said) => {
    const { url } = await startService(workshop);
    const { page } = await openPage(url);
    await askFor(page, strategy, resource, timeout);
    await waitForState(page, strategy, "reported");
    expect(await page.locator(verdict(strategy)).textContent()).toMatch(new RegExp(said));
  });

  it("says that all have failed, and why", async () => {
    const { url } = await startService([
      spec("SBG", { failure: "SBG is down" }),
      spec("GRA", { failure: "GRA is down" }),
    ]);
    const { page } = await openPage(url);
    await askFor(page, "redundant");
    await waitForState(page, "redundant", "reported");
    expect(await page.locator(verdict("redundant")).textContent()).toMatch(
      /^Failed after .*: SBG is down; GRA is down$/,
    );
  });

  it("says what was wrong with the question", async () => {
    const { url } = await startService([spec("SBG")]);
    const { page } = await openPage(url, {}, /status of 400/);
    await askFor(page, "hedged", "../healthz");
    await waitForState(page, "hedged", "refused");
    expect(await page.locator(verdict("hedged")).textContent()).toMatch(
      /^resource: expected 1 to 128 letters, .*, got "\.\.\/healthz"$/,
    );
  });

  it("says that the service is shutting down, and then that nobody is there", async () => {
    const { url, service, noted } = await startService([spec("SBG", { delay: forever })]);
    const { page } = await openPage(url, {}, /ERR_CONNECTION_REFUSED/);
    await askFor(page, "hedged");
    await noted("received", "SBG");
    await service.close(0);
    await waitForState(page, "hedged", "reported");
    expect(await page.locator(verdict("hedged")).textContent()).toMatch(
      /^Cancelled after .*: the service is shutting down$/,
    );
    await askFor(page, "redundant");
    await waitForState(page, "redundant", "gone");
    expect(await page.locator(verdict("redundant")).textContent()).toBe(
      "The service cannot be reached. Is it still running?",
    );
  });

  it("says that the service has died in the middle of a find", async () => {
    const { file, received } = await silentDatacenter();
    const { child, url } = await startChild({ FLEET: file });
    const { page } = await openPage(url, {}, /ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/);
    await askFor(page, "hedged");
    await received.recv();
    await waitForState(page, "hedged", "running");
    child.kill("SIGKILL");
    await waitForState(page, "hedged", "gone");
    expect(await page.locator(verdict("hedged")).textContent()).toBe("The service has gone before it had finished.");
  });
});
