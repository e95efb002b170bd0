import { browser, everywhere } from "@conc/presets/browser";

// Thousands of schedules a test, though fewer than in Node: there the same programs are explored in full.
export default browser({ ...everywhere, testTimeout: 60_000 }, { CONC_SCHEDULES: "200", CONC_CORPUS_SEEDS: "10" });
