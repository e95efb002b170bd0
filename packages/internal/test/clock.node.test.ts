import { expect, it, vi } from "vitest";
import { systemClock } from "../src/index.ts";

it("a timer that is not to keep the process alive is unrefed", () => {
  const set = vi.spyOn(globalThis, "setTimeout");
  systemClock.setTimer(() => {}, 1_000, false).clear();
  systemClock.setTimer(() => {}, 1_000, true).clear();
  const [weak, strong] = set.mock.results.map((result) => result.value as NodeJS.Timeout);
  expect(weak?.hasRef()).toBe(false);
  expect(strong?.hasRef()).toBe(true);
  set.mockRestore();
});
