import { after, Chan, recv, select, send, sleep } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { exploreHouse } from "../support/explore-house.ts";

describe("a channel, in every order of events", { timeout: 600_000 }, () => {
  it.each([0, 1, 2])("of capacity %i loses nothing, doubles nothing, and keeps each sender's order", (capacity) =>
    exploreHouse(async () => {
      const ch = new Chan<[string, number]>(capacity);
      const senders = new WaitGroup();
      for (const name of ["a", "b"]) {
        senders.go(async () => {
          for (let i = 0; i < 2; i++) await ch.send([name, i]);
        });
      }
      const got: [string, number][] = [];
      const receivers = new WaitGroup();
      for (let i = 0; i < 2; i++) {
        receivers.go(async () => {
          for await (const value of ch) got.push(value);
        });
      }
      await senders.wait();
      ch.close();
      await receivers.wait();
      expect(got.map(String).sort()).toEqual(["a,0", "a,1", "b,0", "b,1"]);
    }),
  );

  it("gives each value to somebody or to nobody, whoever is cancelled or too late", () =>
    exploreHouse(async () => {
      const ch = new Chan<number>();
      const ctx = withCancel(background());
      const [sent, got]: [number[], (number | undefined)[]] = [[], []];
      const wg = new WaitGroup();
      for (let i = 0; i < 2; i++) {
        wg.go(() =>
          ch.send(i, ctx).then(
            () => sent.push(i),
            () => {},
          ),
        );
        wg.go(() =>
          ch.recv(ctx).then(
            (received) => got.push(received.value),
            () => {},
          ),
        );
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
      expect(new Set(got)).toEqual(new Set(sent));
      expect(got.length).toBe(sent.length);
    }));

  it("ends every wait when it is closed, and gives the value of a refused send back", () =>
    exploreHouse(async () => {
      const ch = new Chan<string>(1);
      const kept: (string | undefined)[] = [];
      const wg = new WaitGroup();
      for (const value of ["a", "b", "c"]) {
        wg.go(() =>
          ch.send(value).catch((error: { value: string }) => {
            kept.push(error.value);
          }),
        );
      }
      wg.go(async () => {
        for await (const value of ch) kept.push(value);
      });
      wg.go(() => ch.close());
      await wg.wait();
      expect(kept.map(String).sort()).toEqual(["a", "b", "c"]);
    }));
});

describe("a select, in every order of events", { timeout: 600_000 }, () => {
  it("does one case and no other, against selects on the same channels", () =>
    exploreHouse(async () => {
      const [a, b] = [new Chan<number>(), new Chan<number>()];
      let balance = 0;
      const wg = new WaitGroup();
      for (let i = 0; i < 2; i++) {
        wg.go(async () => {
          await select([send(a, 1), send(b, 1)]);
          balance++;
        });
        wg.go(async () => {
          await select([recv(a), recv(b)]);
          balance--;
        });
      }
      await wg.wait();
      expect(balance).toBe(0);
      expect([String(a), String(b)]).toEqual(["Chan(0 of 0 buffered)", "Chan(0 of 0 buffered)"]);
    }));

  it("leaves nothing behind when a time-out or a cancel comes first", () =>
    exploreHouse(async () => {
      const ch = new Chan<string>();
      const ctx = withCancel(background());
      const wg = new WaitGroup();
      wg.go(async () => {
        const got = await select([recv(ch, (r) => r.value), recv(after(10), () => "late")], ctx).catch(
          () => "cancelled",
        );
        expect(["value", "late", "cancelled"]).toContain(got);
      });
      wg.go(async () => {
        await sleep(10);
        ctx.cancel();
      });
      wg.go(() => select([send(ch, "value"), recv(ctx.done)]).then(() => {}));
      await wg.wait();
      expect(String(ch)).toBe("Chan(0 of 0 buffered)");
    }));
});
