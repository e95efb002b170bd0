import { browser, everywhere } from "@conc/presets/browser";
import { mergeConfig } from "vitest/config";
import { silentServer } from "./test/support/silent-server.ts";

export default mergeConfig(browser(everywhere), { plugins: [silentServer()] });
