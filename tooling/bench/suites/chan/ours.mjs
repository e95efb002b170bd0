/** Ours, of whichever build, behind the functions that `peers.mjs` tells of. */
export function ours({ Chan, recv, select, send }) {
  return {
    name: "@conc/chan",
    channel: (capacity) => new Chan(capacity),
    send: (ch, value) => ch.send(value),
    recv: (ch) => ch.recv(),
    selectRecv: (channels) => {
      const cases = channels.map((ch) => recv(ch));
      return () => select(cases);
    },
    selected: ({ value }) => value,
    selectSend: (channels, value) => select(channels.map((ch) => send(ch, value))),
    trySend: (ch, value) => ch.trySend(value),
    tryRecv: (ch) => ch.tryRecv(),
  };
}
