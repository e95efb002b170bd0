import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import type { Fence } from "./fence.ts";

/** What became of an example: the module to run, or what the compiler says, each message with its line in the docs. */
export interface Compiled {
  readonly module: string;
  readonly errors: readonly string[];
}

// As strict as the packages themselves; `using` is compiled down, since Node 20 does not know it.
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  isolatedModules: true,
  skipLibCheck: true,
};

/**
 * Compiles all examples in one program and writes the modules to `folder`. They see what a user of the packages sees: the
 * built packages, resolved from `folder`.
 */
export function compile(fences: readonly Fence[], folder: string): Map<Fence, Compiled> {
  const sources = new Map(fences.map((fence, index) => [join(folder, nameOf(fence, index)), fence]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => textOf(sources.get(file)) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = textOf(sources.get(file));
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  host.writeFile = (file, text) => writeFileSync(file, text);

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = ts.createProgram([...sources.keys()], options, host);
  program.emit();
  return new Map(
    [...sources].map(([file, fence]) => [
      fence,
      { module: file.replace(/\.mts$/, ".mjs"), errors: errorsOf(program, file, fence) },
    ]),
  );
}

// Blank lines push the code down to where it stands in the docs, so that the compiler's line numbers are right.
function textOf(fence: Fence | undefined): string | undefined {
  return fence && "\n".repeat(fence.line - 1) + fence.code;
}

function nameOf({ file, line }: Fence, index: number): string {
  return `${index}-${basename(file).replace(/\.\w+$/, "")}-${line}.mts`;
}

function errorsOf(program: ts.Program, file: string, fence: Fence): string[] {
  const source = program.getSourceFile(file);
  return ts.getPreEmitDiagnostics(program, source).map(({ start, messageText, code }) => {
    const line = source === undefined || start === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line;
    return `${fence.file}:${line + 1}: TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
