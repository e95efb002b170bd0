type Channel = InstanceType<typeof MessageChannel>;
type Port = Channel["port1"];

// Taken at load: a test's fake that nobody advances would end every turn for good.
const {
  setImmediate: immediate,
  setTimeout: timeout,
  MessageChannel: Channel,
} = globalThis as {
  setImmediate?: (fn: () => void) => unknown;
  setTimeout: (fn: () => void, ms: number) => unknown;
  MessageChannel?: new () => Channel;
};

let port: Port | undefined;
// Those whose messages are under way, and how many of them have been called.
let calls: (() => void)[] = [];
let called = 0;

/**
 * Calls `fn` when timers and I/O that are due have had their turn. Two such calls come in their order.
 *
 * Browsers hold a nested setTimeout back by 4 ms, and a message not at all. All calls share one channel, since to make one takes longer than
 * a message. Where there is neither, as in a page that jsdom makes up, there is the timer.
 */
export function macrotask(fn: () => void): void {
  if (immediate !== undefined) immediate(fn);
  else if (Channel === undefined) timeout(fn, 0);
  else {
    port ??= openPort(new Channel());
    calls.push(fn);
    port.postMessage(undefined);
  }
}

function openPort({ port1, port2 }: Channel): Port {
  port1.addEventListener("message", () => {
    const fn = calls[called++] as () => void;
    if (called === calls.length) {
      calls = [];
      called = 0;
    }
    fn();
  });
  port1.start();
  // Node's own, in the place of the one that jsdom lacks: an open port is no reason to go on.
  (port1 as Partial<Port>).unref?.();
  return port2;
}
