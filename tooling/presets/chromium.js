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

// No sandbox: containers run as root. The rest keeps the browser from doing anything but the tests.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchOptions() {
  const executablePath = chromium();
  if (executablePath === undefined) throw new Error(howToInstall);
  return { executablePath, args };
}

export function chromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROMIUM: expected the path of a Chromium, got ${named}`);
    return named;
  }
  return usual.find((path) => existsSync(path));
}
