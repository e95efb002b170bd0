/** The programs in js-csp's own tasks, which are generators. */
import { createRequire } from "node:module";
import { processorTime } from "../../src/measure.mjs";

// A bundle whose names an import cannot see.
const require = createRequire(import.meta.url);
const csp = require("js-csp");

/** When all these tasks, each a generator function, have ended. */
function ended(tasks) {
  return Promise.all(tasks.map((task) => new Promise((resolve) => csp.takeAsync(csp.go(task), resolve))));
}

function make(capacity) {
  return capacity === 0 ? csp.chan() : csp.chan(capacity);
}

function times(n, value) {
  return Array.from({ length: n }, () => value);
}

function seq({ capacity }, messages) {
  const ch = make(capacity);
  return ended([
    function* () {
      for (let i = 0; i < messages; i += capacity) {
        for (let n = 0; n < capacity; n++) yield csp.put(ch, n);
        for (let n = 0; n < capacity; n++) yield csp.take(ch);
      }
    },
  ]);
}

function flow({ capacity, producers, consumers }, messages) {
  const ch = make(capacity);
  const produce = function* () {
    for (let i = 0; i < messages / producers; i++) yield csp.put(ch, i);
  };
  const consume = function* () {
    for (let i = 0; i < messages / consumers; i++) yield csp.take(ch);
  };
  return ended([...times(producers, produce), ...times(consumers, consume)]);
}

function selectRx({ capacity, producers }, messages) {
  const channels = Array.from({ length: producers }, () => make(capacity));
  const produce = (ch) =>
    function* () {
      for (let i = 0; i < messages / producers; i++) yield csp.put(ch, i);
    };
  const consume = function* () {
    for (let i = 0; i < messages; i++) yield csp.alts(channels);
  };
  return ended([...channels.map(produce), consume]);
}

function selectBoth({ capacity, producers, consumers }, messages) {
  const channels = Array.from({ length: producers }, () => make(capacity));
  const produce = function* () {
    for (let i = 0; i < messages / producers; i++) yield csp.alts(channels.map((ch) => [ch, i]));
  };
  const consume = function* () {
    for (let i = 0; i < messages / consumers; i++) yield csp.alts(channels);
  };
  return ended([...times(producers, produce), ...times(consumers, consume)]);
}

function pingPong({ capacity }, messages) {
  const [ping, pong] = [make(capacity), make(capacity)];
  return ended([
    function* () {
      for (let i = 0; i < messages / 2; i++) {
        yield csp.put(ping, i);
        yield csp.take(pong);
      }
    },
    function* () {
      for (let i = 0; i < messages / 2; i++) {
        yield csp.take(ping);
        yield csp.put(pong, i);
      }
    },
  ]);
}

function tries({ capacity }, messages) {
  const ch = make(capacity);
  const produce = function* () {
    for (let i = 0; i < messages; i++) if (!csp.offer(ch, i)) yield csp.put(ch, i);
  };
  const consume = function* () {
    for (let i = 0; i < messages; i++) if (csp.poll(ch) === csp.NO_VALUE) yield csp.take(ch);
  };
  return ended([produce, consume]);
}

async function readySelect({ capacity }, messages) {
  let time = 0;
  for (let taken = 0; taken < messages; taken += capacity) {
    const channels = full(capacity);
    await ended([
      function* () {
        const start = processorTime();
        for (let n = 0; n < capacity; n++) yield csp.alts(channels);
        time += processorTime() - start;
      },
    ]);
  }
  return time / messages;
}

async function firstOfTwo({ capacity }, selects) {
  const channels = full(capacity);
  let first = 0;
  await ended([
    function* () {
      for (let i = 0; i < selects; i++) if ((yield csp.alts(channels)).channel === channels[0]) first++;
    },
  ]);
  return first;
}

function full(capacity) {
  const channels = [make(capacity), make(capacity)];
  for (const ch of channels) for (let n = 0; n < capacity; n++) csp.offer(ch, n);
  return channels;
}

export const jsCspPrograms = { seq, flow, selectRx, selectBoth, pingPong, tries, readySelect, firstOfTwo };
