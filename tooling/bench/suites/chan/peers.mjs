/**
 * The libraries that are compared, each behind the same few functions. What one cannot do is missing, and `cannot` says why.
 *
 * `channel(capacity)` makes a channel, `send` and `recv` give promises, `selectRecv(channels)` gives a function that receives from any.
 * A library with tasks of its own has `programs` instead.
 */
import nodeguy from "@nodeguy/channel";
import * as thing from "@thi.ng/csp";
import medium from "medium";
import * as tsChan from "ts-chan";
import { effectPrograms } from "./effect.mjs";
import { jsCspPrograms } from "./js-csp.mjs";

const leaves = "a call that waits cannot be taken back";
const crowd = "no more than 1,024 may wait";

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
    selected: ({ value }) => value,
    selectSend: async (channels, value) => {
      const one = new tsChan.Select(channels.map((ch) => tsChan.send(ch, () => value)));
      await one.wait();
    },
    trySend: (ch, value) => ch.trySend(value),
    tryRecv: (ch) => ch.tryRecv(),
  },
  {
    name: "@thi.ng/csp",
    channel: (capacity) => thing.channel(capacity),
    send: (ch, value) => ch.write(value),
    recv: (ch) => ch.read(),
    selectRecv: (channels) => () => thing.select(...channels),
    selected: ([value]) => value,
    trySend: (ch, value) => ch.offer(value),
    tryRecv: (ch) => ch.poll(),
    cannot: {
      unbuffered: "always buffers one value",
      seq: "a write waits for its read, buffered or not",
      selectSend: "selects receives only",
      cancel: leaves,
      parked: crowd,
    },
  },
  {
    name: "medium",
    channel: (capacity) => medium.chan(capacity === 0 ? undefined : capacity),
    send: (ch, value) => medium.put(ch, value),
    recv: (ch) => medium.take(ch),
    selectRecv: (channels) => () => medium.any(...channels),
    selected: ([value]) => value,
    cannot: {
      selectSend: "forgets some who wait in select_both, which then never ends",
      trySend: "every call gives a promise",
      cancel: leaves,
    },
  },
  {
    name: "@nodeguy/channel",
    channel: (capacity) => nodeguy(capacity),
    send: (ch, value) => ch.push(value),
    recv: (ch) => ch.shift(),
    selectRecv: (channels) => () => nodeguy.select(channels.map((ch) => ch.shift())),
    selected: (channel, channels) => channels.indexOf(channel),
    selectSend: (channels, value) => nodeguy.select(channels.map((ch) => ch.push(value))),
    cannot: { trySend: "every call gives a promise", cancel: leaves },
  },
  { name: "js-csp", programs: jsCspPrograms, cannot: { cancel: leaves, parked: crowd } },
  {
    name: "effect Queue",
    programs: effectPrograms,
    cannot: { selectRecv: "no select", selectSend: "no select", trySend: "what does not wait is an effect as well" },
  },
];
