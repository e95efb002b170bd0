import { readFile } from "node:fs/promises";
import { after, Chan, recv, select } from "@conc/chan";
import { expect, it } from "vitest";
import { virtualTime } from "../src/index.ts";

it("time stands still while a file is read", async () => {
  await virtualTime(async () => {
    const text = new Chan<string>(1);
    void readFile(new URL(import.meta.url), "utf8").then((all) => text.send(all.slice(0, 6)));
    const outcome = await select([
      recv(after(60_000), () => "a minute went by while the file was read"),
      recv(text, ({ value }) => value),
    ]);
    expect(outcome).toBe("import");
  });
});

it("whoever listened to unhandled rejections before listens again, in the same order", async () => {
  const listeners = process.rawListeners("unhandledRejection");
  await expect(virtualTime(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(process.rawListeners("unhandledRejection")).toEqual(listeners);
});
