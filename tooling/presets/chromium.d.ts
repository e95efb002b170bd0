/** The machine's own Chromium: the one that CHROMIUM names, or one in a usual place; no package downloads one. */
export function chromium(): string | undefined;

/** What to say when there is none. */
export const howToInstall: string;

/** How Playwright starts it; throws what to install when there is none. */
export function launchOptions(): { readonly executablePath: string; readonly args: string[] };
