import { spawnSync } from "node:child_process";

// On Windows a package's command is a .cmd file, which only a shell can start.
const shell = process.platform === "win32";

/**
 * Runs turbo as the user would see it; gives its exit status.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function turbo(args, env = process.env) {
  const { status, error } = spawnSync("turbo", args, { stdio: "inherit", env, shell });
  if (error) throw error;
  return status ?? 1;
}

/**
 * The tasks that `turbo <args>` would run, without running them.
 *
 * @param {string[]} args
 * @returns {{ package: string, task: string, command: string, directory: string }[]}
 */
export function plan(args) {
  const { status, error, stdout } = spawnSync("turbo", [...args, "--dry=json"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    shell,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`turbo ${args.join(" ")} --dry=json: exit status ${status}`);
  return JSON.parse(stdout).tasks.filter(({ command }) => command !== "<NONEXISTENT>");
}
