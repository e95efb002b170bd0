import { Agent, type ClientRequest, get, type IncomingMessage } from "node:http";

export interface Answered {
  readonly status: number;
  readonly body: string;
  /** From the request to the end of the answer, in milliseconds. */
  readonly ms: number;
}

/** Whoever asks the service. Its connections are its own, so that it can go and leave none behind. */
export class Client implements Disposable {
  readonly #agent: Agent;
  readonly #url: string;

  constructor(url: string, connections: number = Number.POSITIVE_INFINITY) {
    this.#url = url;
    // An idle connection is given up by us, before the service does it in the moment in which we use it again.
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: 2000 });
  }

  /** Asks; `begun` gets the request, to take it back. Rejects when there is no whole answer. */
  ask(path: string, begun?: (request: ClientRequest) => void): Promise<Answered> {
    const start = performance.now();
    return new Promise((resolve, reject) => {
      const request = get(this.#url + path, { agent: this.#agent }, (response) => {
        bodyOf(response).then(
          (body) => resolve({ status: response.statusCode as number, body, ms: performance.now() - start }),
          reject,
        );
      });
      request.on("error", reject);
      begun?.(request);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk as string;
  return text;
}
