import { node } from "@conc/presets/vitest";

// Servers and child processes on a busy machine.
export default node({ testTimeout: 30_000, hookTimeout: 30_000 });
