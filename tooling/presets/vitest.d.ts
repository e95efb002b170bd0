import type { ViteUserConfig } from "vitest/config";

/** How a workspace is tested in Node. The JSON report is added up by the root's test script. */
export function node(test?: ViteUserConfig["test"]): ViteUserConfig;
