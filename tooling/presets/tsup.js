import { defineConfig } from "tsup";

export function library(options = {}) {
  return defineConfig({
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    target: "es2022",
    // Not tied to Node: the packages run in browsers too.
    platform: "neutral",
    clean: true,
    treeshake: true,
    noExternal: ["@conc/internal"],
    // Through `paths` the private package's types count as our own and are bundled in. tsup's `dts.resolve` does not know `exports`, and
    // leaves an import behind that no consumer can resolve.
    dts: {
      compilerOptions: {
        ignoreDeprecations: "6.0",
        baseUrl: ".",
        paths: { "@conc/internal": ["../internal/src/index.ts"] },
      },
    },
    ...options,
  });
}
