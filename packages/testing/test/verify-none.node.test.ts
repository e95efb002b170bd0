import { Chan } from "@conc/chan";
import { go } from "@conc/sync";
import { expect, it } from "vitest";
import { verifyNone } from "../src/index.ts";
import { leakOf } from "./support/leak-of.ts";

it("where there is an async context, a task and what it waits for stand in one line", async () => {
  const ch = new Chan<number>();
  const message = await leakOf(
    verifyNone(() => {
      void go(async function producer() {
        await ch.send(1);
      });
    }),
  );
  expect(message).toMatch(
    /^still alive:\n {2}producer, started at test\/verify-none\.node\.test\.ts:\d+:\d+, waits for send of Chan\(.*1 sending\) \(test\/verify-none\.node\.test\.ts:\d+:\d+\)$/,
  );
});
