/*
 * Does what a release does to versions, changelogs and the lockfile, in a copy: a changeset that names no package, a
 * range that a release would break, or a lockfile that it would leave behind is found before the release is.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), "conc-release-"));
const shell = process.platform === "win32";

function run(command, ...args) {
  return execFileSync(command, args, { cwd: copy, encoding: "utf8", shell, stdio: ["ignore", "pipe", "inherit"] });
}

function git(...args) {
  run("git", "-c", "user.name=release check", "-c", "user.email=release@check.invalid", ...args);
}

function manifests() {
  const found = JSON.parse(run("pnpm", "--silent", "ls", "--recursive", "--depth=-1", "--json"));
  return found.map(({ path }) => ({ path, ...JSON.parse(readFileSync(join(path, "package.json"), "utf8")) }));
}

try {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((one) => one !== "" && existsSync(one))) cpSync(file, join(copy, file));
  symlinkSync(resolve(root, "node_modules"), join(copy, "node_modules"), "junction");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=copy");

  const before = new Map(manifests().map((one) => [one.name, one]));
  run("changeset", "status", "--output=status.json");
  const { releases } = JSON.parse(readFileSync(join(copy, "status.json"), "utf8"));
  const planned = new Map(releases.filter(({ type }) => type !== "none").map((one) => [one.name, one.newVersion]));

  run("changeset", "version");
  run("pnpm", "install", "--lockfile-only");
  run("pnpm", "install", "--lockfile-only", "--frozen-lockfile");

  for (const after of manifests()) {
    const expected = planned.get(after.name) ?? before.get(after.name).version;
    assert.equal(after.version, expected, `${after.name}: the version after the release`);
    if (planned.has(after.name)) {
      assert.ok(!after.private, `${after.name}: private packages are not released`);
      assert.match(readFileSync(join(after.path, "CHANGELOG.md"), "utf8"), new RegExp(`^## ${expected}$`, "m"));
    }
    if (after.private) continue;
    // An exact pin would give users two copies of a package.
    for (const [name, range] of Object.entries(after.dependencies ?? {})) {
      if (before.has(name)) assert.equal(range, "workspace:^", `${after.name}: the range of ${name}`);
    }
  }
  for (const [name, version] of planned) console.log(`${name} ${before.get(name).version} -> ${version}`);
  if (planned.size === 0) console.log("no changeset is waiting");
} finally {
  rmSync(copy, { recursive: true, force: true });
}
