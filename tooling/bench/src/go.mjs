import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../go/", import.meta.url));
let built;

/** The version of Go on PATH, or why there is none to compare with. */
export function goVersion() {
  return compiled().version ?? compiled().missing;
}

/** Nanoseconds an operation (or what else the program gives), one figure a round; or why there are none. */
export function goSamples(program, count, rounds) {
  if (compiled().missing !== undefined) return { missing: compiled().missing };
  return { samples: run(program, String(count), String(rounds)) };
}

/** The names of all programs in Go; none where there is no Go. */
export function goPrograms() {
  return compiled().missing === undefined ? run("list") : [];
}

function run(...args) {
  const { status, stdout, stderr, error } = spawnSync(compiled().binary, args, {
    encoding: "utf8",
    // As many as JavaScript has.
    env: { ...process.env, GOMAXPROCS: "1" },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`go, ${args[0]}: ${stderr}`);
  return JSON.parse(stdout);
}

/** All programs, compiled once for the run. */
function compiled() {
  if (built !== undefined) return built;
  const { status, stdout, error } = spawnSync("go", ["version"], { encoding: "utf8" });
  if (error?.code === "ENOENT" || status !== 0) return (built = { missing: "go is not on the PATH" });
  if (error) throw error;
  const folder = mkdtempSync(join(os.tmpdir(), "conc-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const binary = join(folder, process.platform === "win32" ? "bench.exe" : "bench");
  const build = spawnSync("go", ["build", "-o", binary, "."], { cwd: source, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`go build: ${build.stderr}`);
  return (built = { version: stdout.match(/go(\d\S*)/)[1], binary });
}
