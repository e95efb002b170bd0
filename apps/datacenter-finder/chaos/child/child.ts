import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";

export interface ChildOptions {
  /** For Node itself. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where standard error goes; absent: to ours. */
  readonly stderr?: number;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program of ours in a process of its own, with a channel to it. It ends with us, however we end. */
export class Child implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly #kill = () => void this.process.kill("SIGKILL");

  constructor(script: string, { flags = [], args = [], env = {}, stderr }: ChildOptions = {}) {
    const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
    const stdio: StdioOptions = ["ignore", "pipe", stderr ?? "inherit", "ipc"];
    this.process = spawn(process.execPath, [...flags, script, ...args], {
      // No more of our environment than any program needs.
      env: { PATH, HOME, TMPDIR, SystemRoot, ...env },
      stdio,
    });
    process.once("exit", this.#kill);
    this.ended = this.#end();
  }

  /** What it has said first over the channel. Rejects if it ends without. */
  async said<T>(): Promise<T> {
    const heard = once(this.process, "message") as Promise<[T]>;
    const silent = this.ended.then(({ status, signal }) => {
      throw new Error(`${this.process.spawnargs.join(" ")}: ended without a word, ${signal ?? `status ${status}`}`);
    });
    const [message] = await Promise.race([heard, silent]);
    return message;
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.process.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.ended;
  }

  async #end(): Promise<Ended> {
    const [status, signal] = (await once(this.process, "exit")) as [number | null, NodeJS.Signals | null];
    process.off("exit", this.#kill);
    return { status, signal };
  }
}
