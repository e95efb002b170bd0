/**
 * What is measured, under crossbeam-channel's names. Each gives a function that moves `messages` messages, or the reason why
 * the library cannot.
 */
const tasks = 4;

export const scenarios = [
  // One task that fills the channel and drains it.
  ...[1, 128].map((capacity) => scenario("seq", capacity, 1, 1, seq)),
  ...[0, 1, 128].map((capacity) => scenario("spsc", capacity, 1, 1, flow)),
  ...[0, 1, 128].map((capacity) => scenario("mpsc", capacity, tasks, 1, flow)),
  ...[0, 1, 128].map((capacity) => scenario("mpmc", capacity, tasks, tasks, flow)),
  // Some tasks send to a channel each, one receives from whichever is ready.
  ...[0, 128].map((capacity) => scenario("select_rx", capacity, tasks, 1, selectRx, "selectRecv")),
  // Some tasks send to whichever channel is ready, some receive from whichever is ready.
  ...[0, 128].map((capacity) => scenario("select_both", capacity, tasks, tasks, selectBoth, "selectSend")),
  scenario("ping_pong", 0, 1, 1, pingPong),
];

/** The least that two tasks can do per message: each awaits once, and nothing more. */
export async function floor(messages) {
  const one = async () => {
    for (let i = 0; i < messages; i++) await null;
  };
  await Promise.all([one(), one()]);
}

function scenario(name, capacity, producers, consumers, run, needs) {
  return {
    name: `${name} ${capacity}`,
    prepare(peer, messages) {
      const { cannot = {} } = peer;
      const reason = cannot[`capacity${capacity}`] ?? cannot[name] ?? cannot[needs];
      if (reason !== undefined) return reason;
      if (peer.run === undefined) return () => run(peer, capacity, producers, consumers, messages);
      return () => peer.run(capacity, producers, consumers, messages);
    },
  };
}

async function seq(peer, capacity, _producers, _consumers, messages) {
  const ch = peer.channel(capacity);
  for (let i = 0; i < messages; i += capacity) {
    for (let n = 0; n < capacity; n++) await peer.send(ch, n);
    for (let n = 0; n < capacity; n++) await peer.recv(ch);
  }
}

async function flow(peer, capacity, producers, consumers, messages) {
  const ch = peer.channel(capacity);
  const produce = async () => {
    for (let i = 0; i < messages / producers; i++) await peer.send(ch, i);
  };
  const consume = async () => {
    for (let i = 0; i < messages / consumers; i++) await peer.recv(ch);
  };
  await Promise.all([...times(producers, produce), ...times(consumers, consume)]);
}

async function selectRx(peer, capacity, producers, _consumers, messages) {
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

async function selectBoth(peer, capacity, producers, consumers, messages) {
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

async function pingPong(peer, capacity, _producers, _consumers, messages) {
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

function times(n, make) {
  return Array.from({ length: n }, () => make());
}
