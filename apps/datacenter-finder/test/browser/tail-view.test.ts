import { describe, expect, it } from "vitest";
import { strategyNames } from "../../src/strategies.ts";
import { spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";
import { openPage, screenshot, useBrowser } from "./open-page.ts";

useBrowser();

describe("the tail view", () => {
  it("measures every strategy, draws a line for each, and has the numbers in a table", async () => {
    const { url } = await startService([spec("SBG")]);
    const { page } = await openPage(url);
    await page.getByLabel("Finds by each strategy").fill("50");
    await page.getByRole("button", { name: "Measure" }).click();
    await page.locator('.tail-view[data-state="done"]').waitFor();
    expect(await page.locator('.tail-view [aria-label="line"] path').count()).toBe(strategyNames.length);
    const bars = await page
      .locator('.tail-view [aria-label="bar"] rect')
      .evaluateAll((rects) => rects.map((rect) => rect.getBoundingClientRect().width));
    expect(bars).toHaveLength(strategyNames.length);
    const rows = await page.locator(".tail-view tbody tr").allTextContents();
    expect(rows.map((text) => text.trim().split(/[\s\d]/)[0])).toEqual(strategyNames);
    const loads = await page.locator(".tail-view tbody td:last-child").allTextContents();
    expect(loads[strategyNames.indexOf("redundant")]).toBe("3.00");
    expect(Number(loads[strategyNames.indexOf("hedged")])).toBeLessThan(3);
    // What is drawn is what stands in the table: the extra load, and that of a strategy that asks all three is two.
    const [two = 0, ...widths] = [bars[strategyNames.indexOf("redundant")], ...bars];
    const extra = loads.map((load) => Number(load) - 1);
    for (const [index, width = 0] of widths.entries()) {
      expect(Math.abs((width / two) * 2 - (extra[index] as number))).toBeLessThan(0.02);
    }
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
