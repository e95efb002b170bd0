import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * Linux's perf, which records a process of Node that was started with `--perf-basic-prof`; `undefined` where it is not there or may not.
 * It is told when to begin and when to end, so that nothing else is in the record.
 */
export async function recorder(pid) {
  const folder = mkdtempSync(join(os.tmpdir(), "conc-perf-"));
  const file = join(folder, "perf.data");
  const args = [
    "record",
    "-p",
    String(pid),
    "-e",
    "cpu-clock",
    "-F",
    "4000",
    "-D",
    "-1",
    "--control",
    "fd:3,4",
    "-o",
    file,
  ];
  const perf = spawn("perf", args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const answers = createInterface({ input: perf.stdio[4] })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => {
    perf.once("error", () => resolve(false));
    perf.once("exit", (status) => resolve(status === 0));
  });
  const command = async (word) => {
    perf.stdio[3].write(`${word}\n`);
    const { done } = await answers.next();
    return done !== true;
  };
  // Whoever is not there, or may not look, does not answer.
  perf.stdio[3].on("error", () => {});
  if (!(await Promise.race([command("ping"), ended]))) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    start: () => command("enable"),
    async stop() {
      await command("disable");
      perf.stdio[3].write("stop\n");
      await ended;
      const lines = report(file);
      rmSync(folder, { recursive: true });
      return lines;
    },
  };
}

function report(file) {
  const args = [
    "report",
    "-i",
    file,
    "--stdio",
    "--no-children",
    "-g",
    "none",
    "-F",
    "overhead,dso,symbol",
    "-t",
    "\t",
  ];
  const { status, stdout, stderr } = spawnSync("perf", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`perf report: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [overhead, object, symbol] = line.split("\t").map((field) => field.trim());
      return { part: Number.parseFloat(overhead), object, symbol: symbol.replace(/^\[[.k]\] /, "") };
    });
}
