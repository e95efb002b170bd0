import type { defineConfig, Options } from "tsup";

type Config = ReturnType<typeof defineConfig>;

/**
 * How a published package is built, from `src/index.ts`: ES modules that bundlers can pick from, CommonJS, and types for both, with
 * the private `@conc/internal` bundled in.
 *
 * @param options.subpaths the sources of what the exports map lists besides the whole package
 */
export function library(options?: { subpaths?: string[] }): Config;

/** How a program for Node is built: an ES module for each of its entries, and types of `src/index.ts`. */
export function program(options: Options & { entry: string[] | Record<string, string> }): Config;
