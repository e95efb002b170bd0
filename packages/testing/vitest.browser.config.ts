import { browser } from "@conc/presets/browser";

export default browser();
