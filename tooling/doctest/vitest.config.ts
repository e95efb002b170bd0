import { node } from "@conc/presets/vitest";

// Most examples wait for something; a few at a time, so that two cores do not make the timers late.
export default node({ maxConcurrency: 4, testTimeout: 20_000 });
