import { AsyncLocalStorage } from "node:async_hooks";
import { runtime } from "@conc/internal";
import { expect, it } from "vitest";
import { after, Chan, from, recv, select, send, sleep, Timer, yieldNow } from "../src/index.ts";

const request = new AsyncLocalStorage<string>();
const other = <T>(fn: () => T): T => request.run("other", fn);

it("after every wait a task is in its own async context, not in that of the task that served it", async () => {
  const seen: (string | undefined)[] = [];
  const see = () => seen.push(request.getStore());
  const a = new Chan<number>();
  const b = new Chan<number>();
  await request.run("own", async () => {
    const received = a.recv();
    other(() => a.trySend(1));
    await received;
    see();
    const sent = a.send(2);
    other(() => a.tryRecv());
    await sent;
    see();
    const chosen = select([recv(a, see), send(b, 1, see)]);
    other(() => b.tryRecv());
    await chosen;
    see();
    await select([recv(after(1), see)]);
    await sleep(1);
    see();
    await yieldNow();
    see();
    for await (const _value of from([1])) see();
    await new Promise<void>((resolve) => {
      Timer.afterFunc(1, () => {
        see();
        resolve();
      });
    });
  });
  expect(seen).toEqual(new Array(9).fill("own"));
});

it("nor in that of the turn that tells it", async () => {
  const { budget } = runtime.turn;
  runtime.turn.budget = 0;
  const seen = new Set<string | undefined>();
  const ch = new Chan<number>(1);
  const play = async () => {
    for (let i = 0; i < 500; i++) {
      await ch.send(i);
      await ch.recv();
      seen.add(request.getStore());
    }
  };
  await request.run("own", play);
  runtime.turn.budget = budget;
  expect(seen).toEqual(new Set(["own"]));
});
