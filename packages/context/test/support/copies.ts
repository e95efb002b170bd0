import { createRequire } from "node:module";
import type * as Package from "../../src/index.ts";

/** The package as it is published, as ES module and as CommonJS: two copies more, beside the one made of the sources. */
export const esm: typeof Package = await import(new URL("../../dist/index.js", import.meta.url).href);
export const cjs: typeof Package = createRequire(import.meta.url)("../../dist/index.cjs");
