/** The programs of `programs.mjs` in the shapes that crossbeam-channel measures. */
const many = 4;
const one = { producers: 1, consumers: 1 };
const some = { producers: many, consumers: 1 };
const all = { producers: many, consumers: many };

// How often each task awaits for each message of all, by the kind of program.
const alone = () => [2];
const pair = () => [1, 1];
const each = ({ producers, consumers }) => [
  ...Array.from({ length: producers }, () => 1 / producers),
  ...Array.from({ length: consumers }, () => 1 / consumers),
];

export const shapes = [
  ...[1, 128].map((capacity) =>
    shape("seq", "seq", { ...one, capacity }, "one task fills the channel and drains it", alone),
  ),
  ...[0, 1, 128].map((capacity) => shape("spsc", "flow", { ...one, capacity }, "one task sends, one receives", pair)),
  ...[0, 1, 128].map((capacity) => shape("mpsc", "flow", { ...some, capacity }, "four tasks send, one receives", each)),
  ...[0, 1, 128].map((capacity) => shape("mpmc", "flow", { ...all, capacity }, "four tasks send, four receive", each)),
  ...[0, 128].map((capacity) =>
    shape("select_rx", "selectRx", { ...some, capacity }, "four send to a channel each, one selects among them", each),
  ),
  ...[0, 128].map((capacity) =>
    shape(
      "select_both",
      "selectBoth",
      { ...all, capacity },
      "four select a channel to send to, four to receive from",
      each,
    ),
  ),
  shape("ping_pong", "pingPong", { ...one, capacity: 0 }, "two tasks answer each other by two channels", pair),
];

function shape(name, program, of, about, tasks) {
  const capacity = of.capacity === 0 ? "unbuffered" : `capacity ${of.capacity}`;
  return { name: `${name} ${of.capacity}`, program, shape: of, about: `${about}; ${capacity}`, tasks: tasks(of) };
}

/** How many messages a round is, and what their number has to be divided by. */
export const load = { count: 16_384, grain: 512 };
