import { browser, everywhere } from "@conc/presets/browser";

export default browser(everywhere);
