import { node } from "@conc/presets/vitest";

// Thousands of schedules a test: on a busy machine that may take its time.
export default node({ testTimeout: 30_000 });
