import { expect, it } from "vitest";
import { fencesOfMarkdown, fencesOfSource } from "../src/fence.ts";

it("finds the ts fences of a text, each with the line of its code and what it says it prints", () => {
  const text = ["# Title", "", "```sh", "pnpm test", "```", "", "```ts", "a(); // => 1", "// =>   two  ", "```"].join(
    "\n",
  );
  expect(fencesOfMarkdown("README.md", text)).toEqual([
    {
      file: "README.md",
      line: 8,
      code: "a(); // => 1\n// =>   two  ",
      run: true,
      expected: ["1", "two"],
      problem: undefined,
    },
  ]);
});

it("tells an example that prints nothing from one that does not say", () => {
  const [silent, empty] = fencesOfMarkdown("README.md", "```ts\na();\n```\n\n```ts\nconsole.log(); // =>\n```");
  expect(silent?.expected).toBeUndefined();
  expect(empty?.expected).toEqual([""]);
});

it("finds an indented fence, as in a list", () => {
  const [fence] = fencesOfMarkdown("README.md", "- so:\n\n  ```ts\n  if (a) {\n    b();\n  }\n  ```\n");
  expect(fence).toMatchObject({ line: 4, code: "if (a) {\n  b();\n}" });
});

it("finds the fences of doc comments, in the source's lines", () => {
  const source = [
    "const glob = 'src/**/*.ts';",
    "/**",
    " * Does it.",
    " *",
    " * @example",
    " * ```ts",
    " * const object = {",
    " *   a: 1,",
    " * };",
    " * ```",
    " */",
    "export function a() {}",
    "class B {",
    "  /** Runs.",
    "   * ```ts no-run",
    "   * b();",
    "   * ```",
    "   */",
    "  b() {}",
    "}",
  ].join("\n");
  expect(fencesOfSource("src/a.ts", source)).toMatchObject([
    { line: 7, code: "const object = {\n  a: 1,\n};", run: true },
    { line: 16, code: "b();", run: false },
  ]);
});

it("refuses every way round being checked", () => {
  for (const info of ["ts ignore", "ts norun", "js", "typescript", "tsx"]) {
    expect(fencesOfMarkdown("README.md", `\`\`\`${info}\na();\n\`\`\``)[0]?.problem).toContain(info);
  }
  expect(fencesOfMarkdown("README.md", "```ts no-run\na();\n```")[0]).toMatchObject({ problem: undefined, run: false });
});
