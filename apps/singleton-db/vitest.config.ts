import { node } from "@conc/presets/vitest";

// A PostgreSQL server takes about a second to start, and several on a busy machine.
export default node({ testTimeout: 120_000, hookTimeout: 120_000 });
