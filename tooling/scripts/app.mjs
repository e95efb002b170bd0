/*
 * Builds an app with the packages it needs and becomes it: `app.mjs bakery [the app's arguments]`, or another program of its:
 * `app.mjs datacenter-finder/chaos/main.js`. The app runs in this very process, so that signals, the exit status, the terminal
 * and the working directory are its own; what building says is shown only when it fails.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [name, ...args] = process.argv.slice(2);
const [app, ...program] = name.split("/");

const building = spawn("turbo", ["run", "build", "--filter", `${app}...`], {
  stdio: ["ignore", "pipe", "pipe"],
  shell: process.platform === "win32",
});
const said = [];
for (const stream of [building.stdout, building.stderr]) stream.on("data", (chunk) => said.push(chunk));
const stop = () => building.kill();
process.on("SIGTERM", stop);
const notice = setTimeout(() => console.error(`building ${app} ...`), 1_000);
const [status] = await once(building, "close");
clearTimeout(notice);
process.off("SIGTERM", stop);

if (status === 0) {
  const main = resolve("apps", app, "dist", ...(program.length === 0 ? ["main.js"] : program));
  process.argv = [process.execPath, main, ...args];
  await import(pathToFileURL(main).href);
} else {
  process.stderr.write(Buffer.concat(said));
  process.exitCode = 1;
}
