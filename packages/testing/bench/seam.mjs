import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
// Others who share the processor can only make it slower: the least of many is what it costs.
const processes = 13;

const cuts = {
  "touch.ts": [/if \(runtime\.observer !== null\) runtime\.observer\.touch\(object, operation\);/, ""],
  "turn.ts": [/runtime\.controller !== null \|\| /, ""],
};

/** Takes the seams out of the sources. A cut that does not fit is an error: nothing would be compared. */
const withoutSeams = {
  name: "without-seams",
  setup({ onLoad }) {
    onLoad({ filter: /internal[/\\]src[/\\](?:touch|turn)\.ts$/ }, async ({ path }) => {
      const [seam, without] = cuts[path.split(/[/\\]/).at(-1)];
      const source = await readFile(path, "utf8");
      if (!seam.test(source)) throw new Error(`${path}: the seam to cut out is not there`);
      return { contents: source.replace(seam, without), loader: "ts" };
    });
  },
};

async function bundle(directory, name, plugins) {
  const outfile = join(directory, `${name}.mjs`);
  const stdin = {
    contents: 'export * from "../../chan/src/index.ts"; export * from "../../sync/src/index.ts";',
    resolveDir: here,
    loader: "ts",
  };
  await build({
    stdin,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    outfile,
    plugins,
    logLevel: "error",
  });
  return outfile;
}

async function measure(file) {
  const args = ["--expose-gc", "--single-threaded-gc", join(here, "seam-worker.mjs"), file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

export async function seam() {
  const directory = await mkdtemp(join(here, ".seam-"));
  try {
    const files = [
      await bundle(directory, "as-it-is", []),
      await bundle(directory, "without", [withoutSeams]),
      // The same once more: how far apart two runs of one thing are.
      await bundle(directory, "control", []),
    ];
    const runs = files.map(() => []);
    for (let i = 0; i < processes; i++) {
      // In turn, so that whatever disturbs the machine disturbs all alike.
      for (let at = 0; at < files.length; at++) {
        const which = (at + i) % files.length;
        runs[which].push(await measure(files[which]));
      }
    }
    console.log(`  nothing installed; processor time in ns per operation, the least of ${processes} processes each`);
    console.log(`  ${"".padEnd(26)}   as it is   without    ratio   (control)`);
    const ratios = [];
    for (const name of Object.keys(runs[0][0])) {
      const [asItIs, without, control] = runs.map((results) => Math.min(...results.map((result) => result[name])));
      ratios.push(asItIs / without);
      console.log(
        `  ${name.padEnd(26)} ${asItIs.toFixed(1).padStart(10)} ${without.toFixed(1).padStart(9)} ${(asItIs / without).toFixed(3).padStart(8)}   (${(asItIs / control).toFixed(3)})`,
      );
    }
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    console.log(`  all together, the geometric mean: ${mean.toFixed(3)}`);
  } finally {
    await rm(directory, { recursive: true });
  }
}
