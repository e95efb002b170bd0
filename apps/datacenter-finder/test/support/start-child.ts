import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Chan } from "@conc/chan";
import { start } from "@conc/terminal";
import { onTestFinished } from "vitest";
import { serve } from "./server.ts";

// What is built, as a user runs it.
export const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
export const node = process.execPath;

/** The service as a child process, when it says that it listens. */
export async function startChild(env: Record<string, string> = {}) {
  const child = start(node, [program, "start"], { env: { PORT: "0", ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const stdout = await child.printed("try: ");
  const url = /listens on (\S+)/.exec(stdout)?.[1] as string;
  return { child, url, stdout };
}

/** A fleet file with one datacenter. */
export async function fleetFile(url: string, more: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "fleet.json");
  const mine = { name: "mine", url: `${url}/{resource}`, timeout: "1m", ...more };
  await writeFile(file, JSON.stringify({ datacenters: [mine] }));
  return file;
}

/** A datacenter that never answers, and tells when a request has come and when it was given up. */
export async function silentDatacenter() {
  const [received, aborted] = [new Chan<true>(10), new Chan<true>(10)];
  const { url } = await serve((_, response) => {
    response.once("close", () => aborted.trySend(true));
    received.trySend(true);
  });
  return { file: await fleetFile(url), received, aborted };
}
