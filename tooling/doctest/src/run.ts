import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** How a run of an example ended: what it printed, and why it failed if it did. */
export interface Outcome {
  readonly printed: readonly string[];
  readonly failure: string | undefined;
}

const bootstrap = new URL("./bootstrap.mjs", import.meta.url);

/**
 * Runs a module in a thread of its own, with a fresh runtime record, until nothing keeps it alive or `limit` milliseconds
 * have passed. `console.log` is heard, formatted as Node does.
 */
export function run(module: string, limit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const printed: string[] = [];
    let failure: string | undefined;
    const worker = new Worker(bootstrap, {
      workerData: pathToFileURL(module).href,
      // Not the test runner's loaders.
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    const timer = setTimeout(() => {
      failure = `still running after ${limit} ms`;
      void worker.terminate();
    }, limit);
    worker.on("message", (text: string) => printed.push(...text.split("\n").map((line) => line.trimEnd())));
    worker.on("error", (error: unknown) => {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    });
    worker.on("exit", (code) => {
      clearTimeout(timer);
      if (code === unsettled) failure ??= "a top-level await never settled, and nothing was left to wait for";
      else if (code !== 0) failure ??= `exit code ${code}`;
      resolve({ printed, failure });
    });
  });
}

// Node's exit code for a module whose top-level await is pending when the event loop has run dry.
const unsettled = 13;
