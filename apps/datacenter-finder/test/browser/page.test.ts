import { describe, expect, it } from "vitest";
import { datacenters as workshop } from "../../src/fleet/workshop.ts";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";
import { drawnTimeline } from "./drawn.ts";
import { expectToShow } from "./expect-to-show.ts";
import { askFor, openPage, screenshot, useBrowser, waitForState } from "./open-page.ts";
import { tapReports } from "./tap.ts";

useBrowser();

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

  it("stops at Escape wherever the focus is", async () => {
    const { url, noted } = await startService([spec("SBG", { delay: forever })]);
    const { page } = await openPage(url);
    await askFor(page, "redundant");
    await waitForState(page, "redundant", "running");
    await page.getByRole("link", { name: "The fleet" }).focus();
    await page.keyboard.press("Escape");
    await waitForState(page, "redundant", "stopped");
    expect(await page.locator("article .verdict").textContent()).toBe("Stopped");
    await noted("aborted", "SBG");
  });

  it("shows what there is to choose from before anything is asked, and what the drawing means after", async () => {
    const { url } = await startService(workshop);
    const { page } = await openPage(url);
    const choices = page.getByRole("region", { name: "The strategies" });
    expect((await choices.getByRole("term").allTextContents()).map((text) => text.trim())).toEqual(strategyNames);
    await askFor(page, "hedged");
    await waitForState(page, "hedged", "reported");
    expect(await choices.count()).toBe(0);
    expect(await page.locator(".key li").allTextContents()).toEqual([
      "has it",
      "does not have it",
      "failed",
      "cancelled",
      "asked, no answer yet",
      "waits for its turn, the hedge or the semaphore",
      "the hedge: 75 ms without an answer",
      "the find has ended",
    ]);
    expect(await page.locator("article svg text", { hasText: "hedge, 75 ms" }).count()).toBe(1);
  });

  it.each([
    ["light", 1200],
    ["dark", 1200],
    ["dark", 360],
  ] as const)("fits and can be read in %s, %d pixels wide", async (colorScheme, width) => {
    const { url } = await startService(workshop);
    const { page } = await openPage(url, { colorScheme, viewport: { width, height: 800 } });
    await askFor(page, "all");
    for (const strategy of strategyNames) await waitForState(page, strategy, "reported");
    const outside = await page.locator("article").evaluateAll((cards) =>
      cards.flatMap((card) => {
        const { left, right } = card.getBoundingClientRect();
        const isOutside = (box: DOMRect) => box.left < left || box.right > right;
        return [...card.querySelectorAll("svg text")]
          .filter((text) => isOutside(text.getBoundingClientRect()))
          .map((text) => text.textContent);
      }),
    );
    expect(outside).toEqual([]);
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
