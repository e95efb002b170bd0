import { node } from "@conc/presets/vitest";

export default node({ include: ["test/**/*.test.js"], testTimeout: 60_000 });
