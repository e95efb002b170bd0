import { node } from "@conc/presets/vitest";

export default node();
