/**
 * The programs that are measured, under crossbeam-channel's names, for a library that gives promises; `go/chan.go` has the same ones.
 * Imported once for each library: see `copyFor`.
 */
import { processorTime } from "../../src/measure.mjs";

/** One task that fills the channel and drains it. */
export async function seq(peer, { capacity }, messages) {
  const ch = peer.channel(capacity);
  for (let i = 0; i < messages; i += capacity) {
    for (let n = 0; n < capacity; n++) await peer.send(ch, n);
    for (let n = 0; n < capacity; n++) await peer.recv(ch);
  }
}

/** Some send, some receive, all by one channel. */
export async function flow(peer, { capacity, producers, consumers }, messages) {
  const ch = peer.channel(capacity);
  const produce = async () => {
    for (let i = 0; i < messages / producers; i++) await peer.send(ch, i);
  };
  const consume = async () => {
    for (let i = 0; i < messages / consumers; i++) await peer.recv(ch);
  };
  await Promise.all([...times(producers, produce), ...times(consumers, consume)]);
}

/** Some send to a channel each, one receives from whichever is ready. */
export async function selectRx(peer, { capacity, producers }, messages) {
  const channels = times(producers, () => peer.channel(capacity));
  const select = peer.selectRecv(channels);
  const produce = async (ch) => {
    for (let i = 0; i < messages / producers; i++) await peer.send(ch, i);
  };
  const consume = async () => {
    for (let i = 0; i < messages; i++) await select();
  };
  await Promise.all([...channels.map(produce), consume()]);
}

/** Some send to whichever channel is ready, some receive from whichever is ready. */
export async function selectBoth(peer, { capacity, producers, consumers }, messages) {
  const channels = times(producers, () => peer.channel(capacity));
  const produce = async () => {
    for (let i = 0; i < messages / producers; i++) await peer.selectSend(channels, i);
  };
  const consume = async () => {
    const select = peer.selectRecv(channels);
    for (let i = 0; i < messages / consumers; i++) await select();
  };
  await Promise.all([...times(producers, produce), ...times(consumers, consume)]);
}

/** Two tasks, of which one answers the other. */
export async function pingPong(peer, { capacity }, messages) {
  const ping = peer.channel(capacity);
  const pong = peer.channel(capacity);
  const play = async () => {
    for (let i = 0; i < messages / 2; i++) {
      await peer.send(ping, i);
      await peer.recv(pong);
    }
  };
  const answer = async () => {
    for (let i = 0; i < messages / 2; i++) {
      await peer.recv(ping);
      await peer.send(pong, i);
    }
  };
  await Promise.all([play(), answer()]);
}

/** As `flow`, but by the calls that do not wait, as long as they succeed. */
export async function tries(peer, { capacity }, messages) {
  const ch = peer.channel(capacity);
  const produce = async () => {
    for (let i = 0; i < messages; i++) if (!peer.trySend(ch, i)) await peer.send(ch, i);
  };
  const consume = async () => {
    for (let i = 0; i < messages; i++) if (peer.tryRecv(ch) === undefined) await peer.recv(ch);
  };
  await Promise.all([produce(), consume()]);
}

/** What a receive costs when there is something to receive: nanoseconds. */
export async function readyRecv(peer, { capacity }, messages) {
  return timedOverFull([capacity], messages, peer, (channels) => () => peer.recv(channels[0]));
}

/** What a select of two channels costs that both have something to receive. */
export async function readySelect(peer, { capacity }, messages) {
  return timedOverFull([capacity, capacity], messages, peer, (channels) => peer.selectRecv(channels));
}

/** How many of so many selects took the first of two that were ready. */
export async function firstOfTwo(peer, { capacity }, selects) {
  const channels = times(2, () => peer.channel(capacity));
  for (const [at, ch] of channels.entries()) for (let n = 0; n < capacity; n++) void peer.send(ch, at);
  const select = peer.selectRecv(channels);
  let first = 0;
  for (let i = 0; i < selects; i++) if (peer.selected(await select(), channels) === 0) first++;
  return first;
}

// Filling is not timed. As many are taken as one channel has, so that none runs dry, whichever is chosen.
async function timedOverFull(capacities, messages, peer, takerOf) {
  let time = 0;
  let taken = 0;
  while (taken < messages) {
    const channels = capacities.map((capacity) => peer.channel(capacity));
    for (const [at, ch] of channels.entries()) for (let n = 0; n < capacities[at]; n++) void peer.send(ch, n);
    const take = takerOf(channels);
    const start = processorTime();
    for (let n = 0; n < capacities[0]; n++) await take();
    time += processorTime() - start;
    taken += capacities[0];
  }
  return time / taken;
}

function times(n, make) {
  return Array.from({ length: n }, () => make());
}
