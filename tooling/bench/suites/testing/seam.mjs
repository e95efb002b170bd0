/**
 * What the places where an explorer plugs in cost while nothing is installed: the benches of the primitives on two builds of the same
 * sources, as they are, and with these places cut out; and on a third, which is the first once more, to tell how much two of one differ.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { copyFor } from "../../src/suites.mjs";
import { geometricMean } from "../../src/statistics.mjs";
import { ours as channels } from "../chan/ours.mjs";
import { programOf as flowOf } from "../chan/programs-of.mjs";
import { load, shapes as flows } from "../chan/shapes.mjs";
import { ours as primitives } from "../sync/ours.mjs";
import { programOf as lockOf } from "../sync/program-of.mjs";
import { load as lockLoad, shapes as locks } from "../sync/shapes.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const sources = /packages[/\\](?:internal|chan|sync)[/\\]src[/\\].*\.ts$/;

// Nothing is ever installed: what asks for it is decided in the source, and the engine leaves it out.
const seams = /\bruntime\.(?:observer|controller)\b/g;

const withoutSeams = {
  name: "without-seams",
  setup({ onLoad }) {
    onLoad({ filter: sources }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(seams, "(null as any)"),
      loader: "ts",
    }));
  },
};

/** One file with both packages, as they are published: bundled and not minified. */
export async function bundle(outfile, { seams: kept }) {
  await build({
    stdin: {
      contents:
        'export * from "../../../../packages/chan/src/index.ts"; export * from "../../../../packages/sync/src/index.ts";',
      resolveDir: here,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    outfile,
    plugins: kept ? [] : [withoutSeams],
    logLevel: "error",
  });
}

const builds = [
  { name: "as it is", role: "ours", seams: true },
  { name: "without seams", role: "variant", seams: false },
  { name: "as it is, once more", role: "variant", seams: true },
];

let folder;

/** All builds, made once for the process. */
async function built() {
  if (folder !== undefined) return folder;
  folder = mkdtempSync(join(os.tmpdir(), "conc-seam-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  await Promise.all(builds.map(({ seams: kept }, i) => bundle(join(folder, `${i}.mjs`), { seams: kept })));
  return folder;
}

/** A scenario's program by each build. */
async function candidatesOf(scenario, programFor) {
  const files = await built();
  return Promise.all(
    builds.map(async ({ name, role }, i) => {
      const api = await copyFor(pathToFileURL(join(files, `${i}.mjs`)).href, scenario);
      return { ...(await programFor(api, `${scenario}, ${name}`)), name, role };
    }),
  );
}

const bound = 1.02;

const common = {
  table: "The seams",
  unit: "ns per operation",
  rounds: 11,
  processes: 4,
};

/** All scenarios together: what a single one shows is also what the engine happened to make of it. */
export function together(results) {
  const measured = results.filter(({ table }) => table === common.table);
  if (measured.length === 0) return undefined;
  const ratios = (to) => measured.map(({ figures }) => figures["as it is"].value / figures[to].value);
  const value = geometricMean(ratios("without seams"));
  const equal = geometricMean(ratios("as it is, once more"));
  const within = (to) => ratios(to).filter((ratio) => ratio <= bound).length;
  return {
    claim: "with nothing installed, the primitives' own benches do not move: at most 2 %, the geometric mean of all",
    value,
    bound,
    shown:
      `${value.toFixed(3)}x, and ${equal.toFixed(3)}x between two equal builds; ` +
      `${within("without seams")} of ${measured.length} scenarios within 2 %, of two equal builds ${within("as it is, once more")}`,
    met: value <= bound,
    missedBy: Math.max(0, value / bound - 1),
  };
}

export const seam = [
  ...flows.map(({ name, about, program, shape }) => ({
    ...common,
    ...load,
    name: `seam chan ${name}`,
    about,
    candidates: () => candidatesOf(name, (api, copy) => flowOf({ ...channels(api), name: copy }, program, shape)),
  })),
  ...locks.map(({ name, about, kind, program, count = lockLoad.count }) => ({
    ...common,
    ...lockLoad,
    count,
    name: `seam sync ${name}`,
    about,
    candidates: () => candidatesOf(name, (api, copy) => lockOf({ ...primitives[kind](api), name: copy }, program)),
  })),
];
