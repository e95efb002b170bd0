import { node } from "@conc/presets/vitest";

// Child processes on a busy machine.
export default node({ testTimeout: 60_000 });
