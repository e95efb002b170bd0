import { defineConfig } from "tsup";

const compilerOptions = {
  // tsup's bundling of types still asks for an option that TypeScript 6 calls old.
  ignoreDeprecations: "6.0",
  // Through `paths` the private package's types count as our own and are bundled in. tsup's `dts.resolve` does not know `exports`, and
  // leaves an import behind that no consumer can resolve.
  baseUrl: ".",
  paths: { "@conc/internal": ["../internal/src/index.ts"] },
};

export function library({ subpaths = [] } = {}) {
  const entries = ["src/index.ts", ...subpaths];
  const shared = {
    target: "es2022",
    // Not tied to Node: the packages run in browsers too.
    platform: "neutral",
    noExternal: ["@conc/internal"],
  };
  return defineConfig([
    {
      ...shared,
      // A module per source file, and not one for all: bundlers leave out whole modules, but rarely a class of a module they need.
      entry: ["src/**/*.ts"],
      format: "esm",
      splitting: true,
      // The three run side by side: what the others write is not this one's to delete.
      clean: ["!**/*.cjs"],
    },
    // Split, where there is more than one entry: a class that two of them have is one class.
    { ...shared, entry: entries, format: "cjs", splitting: entries.length > 1 },
    {
      ...shared,
      entry: entries,
      format: ["esm", "cjs"],
      dts: { only: true, compilerOptions },
    },
  ]);
}

export function program(options) {
  return defineConfig({
    target: "es2022",
    format: "esm",
    platform: "node",
    clean: true,
    treeshake: true,
    noExternal: ["@conc/internal"],
    dts: { entry: "src/index.ts", compilerOptions },
    ...options,
  });
}
