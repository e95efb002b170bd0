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
    dts: { resolve: ["@conc/internal"], compilerOptions: { ignoreDeprecations: "6.0" } },
    ...options,
  });
}
