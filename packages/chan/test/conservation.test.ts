import { seeded } from "@conc/internal";
import { watch } from "@conc/internal/testkit";
import { describe, expect, it, vi } from "vitest";
import { Chan, ClosedChannelError, recv, select, send, yieldNow } from "../src/index.ts";

// Much work on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const seed = Number(process.env["CONC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** What became of every value: how its send ended, and how often it was received. */
class Ledger {
  readonly sent: ("sent" | "cancelled" | "closed" | undefined)[] = [];
  readonly received: number[] = [];

  open(): number {
    this.received.push(0);
    return this.sent.push(undefined) - 1;
  }

  /** Values whose fate is neither "sent, and received once" nor "not sent, and never received". */
  wrong(): { value: number; sent: string | undefined; received: number }[] {
    return this.sent
      .map((sent, value) => ({ value, sent, received: this.received[value] as number }))
      .filter(({ sent, received }) => received !== (sent === "sent" ? 1 : 0) || sent === undefined);
  }
}

/** Many producers, consumers and cancels over two channels; then both are closed, with senders in the queues. */
async function storm(draw: (n: number) => number, capacity: number): Promise<Ledger> {
  const ledger = new Ledger();
  const chans = [new Chan<number>(capacity), new Chan<number>(capacity)] as const;
  let sources = [new AbortController(), new AbortController()];
  const source = () => (draw(3) === 0 ? sources[draw(2)]?.signal : undefined);
  const some = () => chans[draw(2)] as Chan<number>;
  const take = (value: number | undefined) => {
    if (value !== undefined) ledger.received[value]! += 1;
  };

  async function produce(): Promise<void> {
    for (let open = true; open; ) {
      const value = ledger.open();
      try {
        const how = draw(4);
        if (how === 0) {
          while (!some().trySend(value)) await yieldNow();
        } else if (how === 1) {
          await select([send(some(), value), send(some(), value)], source());
        } else {
          await some().send(value, source());
        }
        ledger.sent[value] = "sent";
      } catch (error) {
        ledger.sent[value] = error instanceof ClosedChannelError ? "closed" : "cancelled";
        open = !(error instanceof ClosedChannelError);
        if (error instanceof ClosedChannelError && error.value !== value) throw error;
      }
      if (draw(3) === 0) await yieldNow();
    }
  }

  async function consume(): Promise<void> {
    for (let open = true; open; ) {
      try {
        const how = draw(5);
        if (how === 0) {
          const values = await some().recvMany(1 + draw(3), source());
          for (const value of values) take(value);
          open = values.length > 0;
        } else if (how === 1) {
          const received = await select([recv(chans[0]), recv(chans[1])], source());
          take(received.value);
          open = received.ok;
        } else if (how === 2) {
          take(some().tryRecv()?.value);
          await yieldNow();
        } else if (how === 3) {
          for await (const value of some()) {
            take(value);
            break;
          }
        } else {
          const received = await some().recv(source());
          take(received.value);
          open = received.ok;
        }
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    }
  }

  const producers = Array.from({ length: 8 }, produce);
  const consumers = Array.from({ length: 8 }, consume);
  const canceller = (async () => {
    for (let i = 0; i < 30; i++) {
      await yieldNow();
      sources[draw(2)]?.abort();
      sources = sources.map((one) => (one.signal.aborted ? new AbortController() : one));
    }
    for (const ch of chans) ch.close();
  })();
  await Promise.all([...producers, ...consumers, canceller]);
  for (const ch of chans) for (let r = ch.tryRecv(); r?.ok === true; r = ch.tryRecv()) take(r.value);
  return ledger;
}

describe("nothing is lost, nothing is doubled", () => {
  it.each([0, 1, 16])("with 8 producers, 8 consumers, cancels and a close (capacity %s)", async (capacity) => {
    console.log(`conservation, CONC_SEED=${seed}`);
    const watched = watch();
    for (let round = 0; round < 25; round++) {
      const ledger = await storm(seeded(seed + round), capacity);
      expect(ledger.wrong()).toEqual([]);
      expect(watched.waiting).toBe(0);
    }
    watched.stop();
  });

  it("the storms have all kinds of fates in them", async () => {
    const fates = new Set<string | undefined>();
    for (let round = 0; round < 20; round++) for (const fate of (await storm(seeded(round), 1)).sent) fates.add(fate);
    expect(fates).toEqual(new Set(["sent", "cancelled", "closed"]));
  });
});
