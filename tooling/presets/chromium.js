import { existsSync } from "node:fs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export const howToInstall =
  "no Chromium found: apt-get update && apt-get install -y --no-install-recommends chromium, " +
  "or name one with CHROMIUM=/path/to/it";

export function chromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROMIUM: expected the path of a Chromium, got ${named}`);
    return named;
  }
  return usual.find((path) => existsSync(path));
}
