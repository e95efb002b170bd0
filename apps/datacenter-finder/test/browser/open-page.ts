import { fileURLToPath } from "node:url";
import { launchOptions } from "@conc/presets/chromium";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";

/** Where screenshots go. */
const artifacts = fileURLToPath(new URL("../../artifacts/", import.meta.url));

let browser: Browser;

/** One browser for all tests of a file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions());
  });
  afterAll(() => browser.close());
}

/** The page in a browser. */
export interface OpenPage {
  readonly page: Page;
  /** Every URL that was asked for. */
  readonly requested: readonly string[];
}

/** Opens the service's page in a window of its own. After the test nothing must have gone wrong in it, unless `expected` matches it. */
export async function openPage(url: string, options: BrowserContextOptions = {}, expected?: RegExp): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  const requested: string[] = [];
  const note = (text: string) => {
    if (expected?.test(text) !== true) problems.push(text);
  };
  page.on("pageerror", (error) => note(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") note(message.text());
  });
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(url);
  await page.getByRole("button", { name: "Find" }).waitFor();
  onTestFinished(() => expect(problems).toEqual([]));
  return { page, requested };
}

/** Chooses and presses Find. */
export async function askFor(page: Page, strategy: string, resource = "server-1", timeout = "30s"): Promise<void> {
  await page.getByLabel("Resource").fill(resource);
  await page.getByRole("combobox", { name: "Strategy" }).selectOption(strategy);
  await page.getByLabel("Timeout").fill(timeout);
  await page.getByRole("button", { name: "Find" }).click();
}

/** Waits until a strategy's card is in a state. */
export async function waitForState(page: Page, strategy: string, state: string): Promise<void> {
  await page.locator(`article[data-strategy="${strategy}"][data-state="${state}"]`).waitFor();
}

export function screenshot(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: `${artifacts}${name}.png`, fullPage: true });
}
