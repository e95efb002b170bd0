/**
 * The libraries that are compared, each behind the same few functions. What one cannot do is missing, and `cannot` says why.
 *
 * `channel(capacity)` makes a channel, `send` and `recv` give promises, `selectRecv(channels)` gives a function that receives from any.
 */
import nodeguy from "@nodeguy/channel";
import * as thing from "@thi.ng/csp";
import { Effect, Fiber, Queue } from "effect";
import medium from "medium";
import * as tsChan from "ts-chan";
import { Chan, recv, select, send } from "../dist/index.js";

export const conc = {
  name: "@conc/chan",
  channel: (capacity) => new Chan(capacity),
  send: (ch, value) => ch.send(value),
  recv: (ch) => ch.recv(),
  selectRecv: (channels) => {
    const cases = channels.map((ch) => recv(ch));
    return () => select(cases);
  },
  selectSend: (channels, value) => select(channels.map((ch) => send(ch, value))),
};

export const peers = [
  {
    name: "ts-chan",
    channel: (capacity) => new tsChan.Chan(capacity),
    send: (ch, value) => ch.send(value),
    recv: (ch) => ch.recv(),
    selectRecv: (channels) => {
      const one = new tsChan.Select(channels.map((ch) => tsChan.recv(ch)));
      return async () => one.recv(one.cases[await one.wait()]);
    },
    selectSend: async (channels, value) => {
      const one = new tsChan.Select(channels.map((ch) => tsChan.send(ch, () => value)));
      await one.wait();
    },
  },
  {
    name: "@thi.ng/csp",
    channel: (capacity) => thing.channel(capacity),
    send: (ch, value) => ch.write(value),
    recv: (ch) => ch.read(),
    selectRecv: (channels) => () => thing.select(...channels),
    cannot: {
      capacity0: "always buffers one value",
      seq: "a write waits for its read, buffered or not",
      selectSend: "selects receives only",
    },
  },
  {
    name: "medium",
    channel: (capacity) => medium.chan(capacity === 0 ? undefined : capacity),
    send: (ch, value) => medium.put(ch, value),
    recv: (ch) => medium.take(ch),
    selectRecv: (channels) => () => medium.any(...channels),
    cannot: { selectSend: "forgets some who wait in select_both, which then never ends" },
  },
  {
    name: "@nodeguy/channel",
    channel: (capacity) => nodeguy(capacity),
    send: (ch, value) => ch.push(value),
    recv: (ch) => ch.shift(),
    selectRecv: (channels) => () => nodeguy.select(channels.map((ch) => ch.shift())),
    selectSend: (channels, value) => nodeguy.select(channels.map((ch) => ch.push(value))),
  },
];

/** Effect runs fibers of its own, so its scenarios are written with them; a queue only, so no select. */
export const effectQueue = {
  name: "effect Queue",
  cannot: {
    capacity0: "a queue has no rendezvous",
    seq: "written for several fibers only",
    ping_pong: "written for several fibers only",
    selectRecv: "no select",
    selectSend: "no select",
  },
  async run(capacity, producers, consumers, messages) {
    const produce = (queue) =>
      Effect.gen(function* () {
        for (let i = 0; i < messages / producers; i++) yield* Queue.offer(queue, i);
      });
    const consume = (queue) =>
      Effect.gen(function* () {
        for (let i = 0; i < messages / consumers; i++) yield* Queue.take(queue);
      });
    await Effect.runPromise(
      Effect.gen(function* () {
        const queue = yield* Queue.bounded(capacity);
        const tasks = [
          ...Array.from({ length: producers }, () => produce(queue)),
          ...Array.from({ length: consumers }, () => consume(queue)),
        ];
        const fibers = [];
        for (const task of tasks) fibers.push(yield* Effect.forkChild(task));
        for (const fiber of fibers) yield* Fiber.join(fiber);
      }),
    );
  },
};
