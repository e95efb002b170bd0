import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { runShutdown } from "./shutdown/run-shutdown.ts";
import { runSoak } from "./soak/run-soak.ts";
import { runLoad } from "./load/run-load.ts";
import { runDisconnects } from "./visits/run-disconnects.ts";
import { runFaults } from "./faults/run-faults.ts";
import type { Finding } from "./finding.ts";
import type { Part, Setting } from "./part.ts";
import { print } from "./print.ts";

const parts: Readonly<Record<string, Part>> = {
  faults: { title: "Datacenters that misbehave", run: runFaults },
  disconnects: { title: "Clients that leave", run: runDisconnects },
  load: { title: "Load", run: runLoad },
  shutdown: { title: "SIGTERM under load", run: runShutdown },
  soak: { title: "Soak", run: runSoak },
};

const usage = `usage: pnpm chaos [${Object.keys(parts).join(" | ")} ...] [--short] [--seed N] [--json FILE]`;

function optionsOf(): { setting: Setting; names: string[]; json: string | undefined } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { short: { type: "boolean", default: false }, seed: { type: "string" }, json: { type: "string" } },
  });
  for (const name of positionals) if (!(name in parts)) throw new Error(`${usage}\nexpected a part, got ${name}`);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  if (!Number.isInteger(seed)) throw new Error(`${usage}\n--seed: expected a whole number, got ${values.seed}`);
  const say = (line: string) => void process.stderr.write(`  ${line}\n`);
  return {
    setting: { short: values.short, seed, say },
    names: positionals.length === 0 ? Object.keys(parts) : positionals,
    json: values.json,
  };
}

const { setting, names, json } = optionsOf();
// Children of ours end when we do, and an interrupt is an end like any other.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const machine = `${cpus()[0]?.model ?? "unknown"} x ${cpus().length}`;
console.log(`${machine}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}, seed ${setting.seed}`);
const findings: Record<string, Finding & { seconds: number }> = {};
for (const name of names) {
  const { title, run } = parts[name] as Part;
  console.log(`\n${title}`);
  const begin = performance.now();
  const finding = await run(setting);
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  findings[name] = { ...finding, seconds };
  print(finding, seconds);
}
if (json !== undefined) {
  writeFileSync(json, `${JSON.stringify({ machine, node: process.version, ...setting, findings }, null, 2)}\n`);
}
const broken = Object.values(findings).flatMap(({ checks }) => checks.filter(({ ok, onlyTold }) => !ok && !onlyTold));
console.log(broken.length === 0 ? "\nevery bound holds" : `\n${broken.length} bounds are broken`);
process.exitCode = broken.length === 0 ? 0 : 1;
