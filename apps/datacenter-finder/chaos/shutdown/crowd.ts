import { WaitGroup } from "@conc/sync";
import type { Client } from "../client.ts";

/** How a request ended: by an answer of that status, not let in because nobody listens any more, or without an answer. */
export type Fate = number | "nobody listens" | `lost: ${string}`;

/** Clients that ask one thing after another until nobody listens any more. */
export class Crowd {
  readonly fates: Fate[] = [];
  /** How many have had an answer. */
  heard = 0;
  readonly #wg = new WaitGroup();

  /** Lets one in, who asks for what `path` gives. */
  join(client: Client, path: (n: number) => string): void {
    this.#wg.go(async () => {
      for (let fate: Fate = 0, n = 0; typeof fate === "number"; n++) {
        fate = await askOnce(client, path(n));
        this.fates.push(fate);
        if (n === 0) this.heard++;
      }
    });
  }

  /** Waits until all have left. */
  gone(): Promise<void> {
    return this.#wg.wait();
  }
}

async function askOnce(client: Client, path: string): Promise<Fate> {
  try {
    return (await client.ask(path)).status;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ECONNREFUSED" ? "nobody listens" : `lost: ${message}`;
  }
}
