import { go, WaitGroup } from "@conc/sync";
import { expect } from "vitest";
import { type ExplorationError, type ExploreOptions, explore, interleave } from "../../src/index.ts";

/** Two tasks that count, and one of them may not see the other. */
export async function lostUpdate(): Promise<void> {
  let count = 0;
  const wg = new WaitGroup();
  async function increment() {
    const read = count;
    await interleave();
    count = read + 1;
  }
  wg.go(increment);
  wg.go(increment);
  await wg.wait();
  expect(count).toBe(2);
}

/** The error of an exploration that must fail. */
export async function failureOf(body: () => unknown, options: ExploreOptions = {}): Promise<ExplorationError> {
  return explore(body, { seed: 1, ...options }).then(
    (seen) => expect.unreachable(`no schedule failed: ${seen}`),
    (error: ExplorationError) => error,
  );
}

/** The order in which three tasks come. */
export async function threeTasks(): Promise<string> {
  const order: string[] = [];
  await Promise.all(["a", "b", "c"].map((name) => go(() => order.push(name))));
  return order.join("");
}
