import { library } from "@conc/presets/tsup";
import type { Options } from "tsup";

const configs = library() as Options[];

// The entry for vitest has types of its own, and no CommonJS: vitest has none either.
export default [...configs, { ...configs.at(-1), entry: ["src/vitest.ts"], format: "esm" }];
