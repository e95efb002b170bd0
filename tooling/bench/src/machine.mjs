import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";

/** What the figures were taken on: they mean nothing without. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    processor: `${os.cpus()[0]?.model.trim() ?? "unknown"} x ${os.cpus().length}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    system: `${os.type()} ${os.machine()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: load(),
  };
}

/** How many processes wanted the processor, of late; 0 when nobody did. */
export function load() {
  return Number(os.loadavg()[0].toFixed(2));
}

/** The versions of the libraries of those names. */
export function versions(names) {
  return Object.fromEntries(
    names.map((name) => {
      const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
      return [name, JSON.parse(readFileSync(file, "utf8")).version];
    }),
  );
}

function commit() {
  const git = (...args) => spawnSync("git", args, { encoding: "utf8", cwd: import.meta.dirname });
  const { status, stdout } = git("rev-parse", "--short", "HEAD");
  if (status !== 0) return "unknown";
  const changed = git("status", "--porcelain", "--", "packages").stdout.trim() !== "";
  return `${stdout.trim()}${changed ? ", with changes" : ""}`;
}
