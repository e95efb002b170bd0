import type { defineConfig, Options } from "tsup";

/** How a published package is built: ES module, CommonJS and types, with the private `@conc/internal` bundled in. */
export function library(options?: Options): ReturnType<typeof defineConfig>;
