import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { type Fence, fencesOfMarkdown, fencesOfSource } from "./fence.ts";

// @conc/internal is not for users; docs/api repeats the doc comments; what node_modules says is not ours.
const ignore = ["packages/internal/**", "apps/docs/api/**", "**/{node_modules,dist}/**", "**/CHANGELOG.md"];

/** Every example of the repository at `root`, by file and line. */
export function collect(root: string): Fence[] {
  const find = (patterns: string[]) => globSync(patterns, { cwd: root, ignore }).sort();
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  return [
    ...find(["*.md", "packages/*/*.md", "apps/**/*.md"]).flatMap((file) => fencesOfMarkdown(file, read(file))),
    ...find(["packages/*/src/**/*.ts"]).flatMap((file) => fencesOfSource(file, read(file))),
  ];
}
