import { WaitGroup } from "@conc/sync";
import type { ExplorationError } from "../src/index.ts";

/** A program with a mistake that is known from real code, and the same program without it. */
export interface Program {
  readonly name: string;
  readonly kind: ExplorationError["kind"];
  readonly buggy: () => unknown;
  readonly correct: () => unknown;
}

/** Throws unless it is so. */
export function check(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

/** Runs two or more tasks to their end. */
export async function all(...tasks: (() => unknown)[]): Promise<void> {
  const wg = new WaitGroup();
  for (const task of tasks) wg.go(task);
  await wg.wait();
}
