import type { Exchange } from "./raw-server.ts";

/** What comes of asking a datacenter that has a fault: it fails soon, it is never heard of in time, or it has answered all the same. */
export type FaultKind = "fails" | "hangs" | "answers";

export interface Fault {
  readonly kind: FaultKind;
  readonly serve: (exchange: Exchange) => void;
}

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/** Sends a byte now and then, for ever. */
function drip(exchange: Exchange, byte: string): void {
  exchange.write(byte);
  exchange.after(20, () => drip(exchange, byte));
}

/** What datacenters do to us, by name. A datacenter that is killed has a process of its own, and is not here. */
export const faults: Readonly<Record<string, Fault>> = {
  silent: { kind: "hangs", serve: () => {} },
  "slow-10s": {
    kind: "hangs",
    serve: (exchange) => {
      exchange.after(10_000, () => {
        exchange.write(ok);
        exchange.done();
      });
    },
  },
  resets: { kind: "fails", serve: (exchange) => exchange.reset() },
  garbage: { kind: "fails", serve: (exchange) => exchange.write("\x00\x16\x03\x01 what is HTTP?\r\n\r\n") },
  "status-999": {
    kind: "fails",
    serve: (exchange) => exchange.write("HTTP/1.1 999 Nonsense\r\ncontent-length: 0\r\n\r\n"),
  },
  "status-100": {
    kind: "hangs",
    // "Go on", again and again, and never an answer.
    serve: (exchange) => drip(exchange, "HTTP/1.1 100 Continue\r\n\r\n"),
  },
  "status-101": {
    kind: "fails",
    // To another protocol, which nobody has asked for.
    serve: (exchange) =>
      exchange.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: what\r\nconnection: upgrade\r\n\r\n"),
  },
  "endless-header": {
    kind: "fails",
    serve: (exchange) => exchange.write(`HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(100_000)}`),
  },
  "drips-header": {
    kind: "hangs",
    serve: (exchange) => {
      exchange.write("HTTP/1.1 200 OK\r\nx-drip: ");
      drip(exchange, "x");
    },
  },
  "drips-reason": {
    kind: "hangs",
    serve: (exchange) => {
      exchange.write("HTTP/1.1 500 Oh\r\ncontent-length: 4000\r\n\r\n");
      drip(exchange, "x");
    },
  },
  "resets-in-reason": {
    kind: "fails",
    serve: (exchange) => {
      exchange.write("HTTP/1.1 500 Oh\r\ncontent-length: 4000\r\n\r\nx");
      exchange.after(20, () => exchange.reset());
    },
  },
  // The status is the answer, and it has come.
  "drips-body": {
    kind: "answers",
    serve: (exchange) => {
      exchange.write("HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n");
      drip(exchange, "x");
    },
  },
};
