import { Chan } from "@conc/chan";
import { go, WaitGroup } from "@conc/sync";
import { interleave } from "../src/index.ts";
import type { Program } from "./program.ts";

async function program(closeAt: "the first end" | "the last end"): Promise<void> {
  const ch = new Chan<number>();
  const producers = new WaitGroup();
  for (const n of [1, 2]) {
    producers.go(async () => {
      await interleave();
      await ch.send(n);
      if (closeAt === "the first end" && n === 1) ch.close();
    });
  }
  const consumer = go(async () => {
    for await (const _ of ch);
  });
  await producers.wait();
  if (closeAt === "the last end") ch.close();
  await consumer;
}

/** A producer closes the channel that another one still sends on. */
export const closeWhileSending: Program = {
  name: "close while sending",
  kind: "error",
  buggy: () => program("the first end"),
  correct: () => program("the last end"),
};
