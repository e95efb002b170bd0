import { node } from "@conc/presets/vitest";

// The nightly exploration of the house: another seed each time, and together more than a million schedules.
export default node({ include: ["test/house/**/*.test.ts"], env: { CONC_SCHEDULES: "60000" } });
