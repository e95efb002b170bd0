import { faults } from "./faults.ts";
import { RawServer } from "./raw-server.ts";

/** How long a datacenter of the faulty fleets may take, in milliseconds. */
export const datacenterTimeout = 1000;

/** How long the good one takes. */
const goodDelay = 100;

/** The servers behind the fleets: one that misbehaves as the resource says, one that has everything, one that has nothing. */
export class FaultyFleet implements AsyncDisposable {
  readonly #servers: readonly RawServer[];

  private constructor(servers: readonly RawServer[]) {
    this.#servers = servers;
  }

  static async start(): Promise<FaultyFleet> {
    const starting = [
      RawServer.start((exchange) => faults[exchange.resource.split(".")[0] as string]?.serve(exchange)),
      answering("200 OK", goodDelay),
      answering("404 Not Found", goodDelay / 2),
    ];
    return new FaultyFleet(await Promise.all(starting));
  }

  /** A fleet file in which one is faulty, asked first. `url`: in the place of the one that is. */
  one(url: string = this.#url(0)): object {
    return fleetOf({ faulty: url, good: this.#url(1), empty: this.#url(2) });
  }

  /** A fleet file in which all are, two so that those who ask one after another need not be waited for so long. */
  all(url: string = this.#url(0)): object {
    return fleetOf({ faulty: url, faulty2: url });
  }

  /** How many requests wait for an answer. */
  get requests(): number {
    return this.#servers.reduce((sum, server) => sum + server.requests, 0);
  }

  /** How many connections are open. */
  get sockets(): number {
    return this.#servers.reduce((sum, server) => sum + server.sockets, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.map((server) => server[Symbol.asyncDispose]()));
  }

  #url(index: number): string {
    return (this.#servers[index] as RawServer).url;
  }
}

function answering(status: string, ms: number): Promise<RawServer> {
  return RawServer.start((exchange) => {
    exchange.after(ms, () => {
      exchange.write(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
      exchange.done();
    });
  });
}

function fleetOf(urls: Record<string, string>): object {
  const timeout = `${datacenterTimeout}ms`;
  return { datacenters: Object.entries(urls).map(([name, url]) => ({ name, url, weight: 10, timeout })) };
}
