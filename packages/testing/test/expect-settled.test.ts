import { Chan } from "@conc/chan";
import { go } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { expectSettled, explore } from "../src/index.ts";

describe("expectSettled", () => {
  it("gives how the promise was settled", async () => {
    const error = new Error("no");
    expect(await expectSettled(go(() => 42))).toEqual({ status: "fulfilled", value: 42 });
    expect(await expectSettled(Promise.reject(error))).toEqual({ status: "rejected", reason: error });
  });

  it("fails for one that is pending", async () => {
    await expect(expectSettled(new Chan().recv())).rejects.toThrow(
      "expected the promise to be settled, but it is pending",
    );
  });

  it("in an exploration waits for everything that can happen first", async () => {
    const { outcomes } = await explore(
      async () => {
        const ch = new Chan<number>();
        void go(() => ch.send(1));
        return (await expectSettled(ch.recv())).status;
      },
      { schedules: 50, seed: 1 },
    );
    expect([...outcomes.keys()]).toEqual(["fulfilled"]);
  });
});
