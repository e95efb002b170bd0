import { describe, expect, it } from "vitest";
import { datacenters as workshop } from "../../src/fleet/workshop.ts";
import type { StrategyName } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { silentDatacenter, startChild } from "../support/start-child.ts";
import { startService } from "../support/start-service.ts";
import { askFor, openPage, screenshot, useBrowser, waitForState } from "./open-page.ts";

useBrowser();

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

  it("says that the service has no room, and when it is worth another try", async () => {
    const { url, noted } = await startService([spec("SBG", { delay: forever })], {}, { capacity: 10, queue: 0 });
    const leaving = new AbortController();
    const running = fetch(`${url}/v1/find/server-1?timeout=60s`, { signal: leaving.signal });
    await noted("received", "SBG");
    const { page } = await openPage(url, {}, /status of 503/);
    await askFor(page, "redundant", "server-2");
    await waitForState(page, "redundant", "refused");
    expect(await page.locator(verdict("redundant")).textContent()).toBe(
      "Overloaded: there is no room for more finds. It is worth another try in 1 s.",
    );
    await screenshot(page, "overloaded");
    leaving.abort();
    await expect(running).rejects.toThrow("aborted");
  });

  it("says that it waits to be let in, and goes on when it is", async () => {
    const { url, noted } = await startService([spec("SBG", { delay: forever })], {}, { capacity: 10, queue: 1 });
    const leaving = new AbortController();
    const running = fetch(`${url}/v1/find/server-1?timeout=60s`, { signal: leaving.signal });
    await noted("received", "SBG");
    const { page } = await openPage(url);
    await askFor(page, "redundant", "server-2");
    await waitForState(page, "redundant", "waiting");
    expect(await page.locator(verdict("redundant")).textContent()).toBe("Waiting to be let in");
    leaving.abort();
    await expect(running).rejects.toThrow("aborted");
    await waitForState(page, "redundant", "running");
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
