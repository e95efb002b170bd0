import type { ViteUserConfig } from "vitest/config";

/**
 * How a workspace is tested in a browser: what stands in `test/browser`, in the machine's own Chromium.
 *
 * @param settings what the tests find in `process.env`, where the environment of this process does not say otherwise
 */
export function browser(test?: ViteUserConfig["test"], settings?: Record<string, string>): ViteUserConfig;

/** For {@link browser}: all tests of the workspace but those named `*.node.test.ts`, which are about Node itself. */
export const everywhere: { include: string[]; exclude: string[] };
