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
import { ratioAtMost } from "../../src/targets.mjs";
import { load, shapes as flows } from "../chan/flows.mjs";
import * as channels from "../chan/peers.mjs";
import { programOf as flowOf } from "../chan/programs-of.mjs";
import { programOf as lockOf, shapes as locks } from "../sync/locks.mjs";
import { ours as primitives } from "../sync/peers.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const sources = /packages[/\\](?:internal|chan|sync)[/\\]src[/\\].*\.ts$/;

// Nothing is ever installed: what asks for it is decided when it is built, and goes.
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

/** One file with both packages. Both builds drop what cannot run, and calls of what is empty. */
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
    minifySyntax: true,
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

const common = {
  unit: "ns per operation",
  rounds: 11,
  processes: 5,
  targets: [ratioAtMost(1.02, "as it is", "without seams", "the seams cost at most 2 %")],
};

export const seam = [
  ...flows.map(({ name, about, program, shape }) => ({
    ...common,
    ...load,
    name: `seam chan ${name}`,
    about,
    candidates: () => candidatesOf(name, (api, copy) => flowOf({ ...channels.ours(api), name: copy }, program, shape)),
  })),
  ...locks.map(({ name, about, kind, program, count = 40_000 }) => ({
    ...common,
    grain: 1_000,
    count,
    name: `seam sync ${name}`,
    about,
    candidates: () => candidatesOf(name, (api, copy) => lockOf({ ...primitives[kind](api), name: copy }, program)),
  })),
];
