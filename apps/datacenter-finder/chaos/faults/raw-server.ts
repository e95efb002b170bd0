/*
 * Invariants:
 * - #sockets has every connection that is open, and nothing else;
 * - #asked has those on which a request has come to which there is no whole answer.
 */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A request, as whoever misbehaves sees it. */
export interface Exchange {
  /** The last segment of the path. */
  readonly resource: string;
  readonly write: (text: string) => void;
  /** Calls `fn` later, unless the connection is gone by then. */
  readonly after: (ms: number, fn: () => void) => void;
  /** Ends the connection as a crash does, by a reset. */
  readonly reset: () => void;
  /** The answer is whole, and another request may come. */
  readonly done: () => void;
}

/** A server on loopback that knows no HTTP but where a request ends, so that it can answer anything. It counts what it has open. */
export class RawServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #asked = new Set<Socket>();

  private constructor(serve: (exchange: Exchange) => void) {
    this.#server = createServer((socket) => this.#connected(socket, serve));
  }

  static async start(serve: (exchange: Exchange) => void): Promise<RawServer> {
    const server = new RawServer(serve);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/{resource}`;
  }

  /** How many connections are open. */
  get sockets(): number {
    return this.#sockets.size;
  }

  /** How many requests have no whole answer, and somebody who waits for it. */
  get requests(): number {
    return this.#asked.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #connected(socket: Socket, serve: (exchange: Exchange) => void): void {
    const timers = new Set<NodeJS.Timeout>();
    this.#sockets.add(socket);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#asked.delete(socket);
      for (const timer of timers) clearTimeout(timer);
    });
    // Whoever asked may go at any time, by a reset too.
    socket.on("error", () => socket.destroy());
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      const resource = /\/([^/ ]*) HTTP/.exec(text)?.[1] ?? "";
      text = "";
      this.#asked.add(socket);
      serve(this.#exchange(socket, timers, resource));
    });
  }

  #exchange(socket: Socket, timers: Set<NodeJS.Timeout>, resource: string): Exchange {
    return {
      resource,
      write: (text) => {
        if (!socket.destroyed) socket.write(text);
      },
      after: (ms, fn) => {
        if (socket.destroyed) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          fn();
        }, ms);
        timers.add(timer);
      },
      reset: () => socket.resetAndDestroy(),
      done: () => this.#asked.delete(socket),
    };
  }
}
