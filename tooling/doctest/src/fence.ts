import { fromMarkdown } from "mdast-util-from-markdown";
import { visit } from "unist-util-visit";

/** One example: a ```` ```ts ```` fence of a Markdown file or of a doc comment. */
export interface Fence {
  /** Relative to the repository. */
  readonly file: string;
  /** The line of the code's first line. */
  readonly line: number;
  readonly code: string;
  /** `ts no-run`: compiled, not run. For servers and for what needs a network. */
  readonly run: boolean;
  /** What the example says it prints: the text behind each `// =>`, in order; undefined if it says nothing. */
  readonly expected: readonly string[] | undefined;
  /** What is wrong with the fence itself. */
  readonly problem: string | undefined;
}

// Languages that would keep an example of ours from being checked.
const unchecked = new Set(["js", "javascript", "jsx", "mjs", "cjs", "typescript", "tsx", "mts", "cts"]);

/** The examples in a Markdown text, which may stand some lines down in its file. */
export function fencesOfMarkdown(file: string, text: string, firstLine = 1): Fence[] {
  const fences: Fence[] = [];
  visit(fromMarkdown(text), "code", ({ lang, meta, value, position }) => {
    if (lang !== "ts" && !unchecked.has(lang ?? "")) return;
    fences.push({
      file,
      line: firstLine + (position?.start.line ?? 1),
      code: value,
      run: meta !== "no-run",
      expected: expectedOf(value),
      problem: problemOf(lang, meta),
    });
  });
  return fences;
}

/** The examples in the doc comments of a TypeScript source. */
export function fencesOfSource(file: string, source: string): Fence[] {
  return [...source.matchAll(/^[ \t]*\/\*\*[^]*?\*\//gm)].flatMap(({ 0: comment, index }) => {
    const firstLine = source.slice(0, index).split("\n").length;
    return fencesOfMarkdown(file, withoutStars(comment), firstLine);
  });
}

// Every line stays, so that lines can be counted.
function withoutStars(comment: string): string {
  return comment
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(\/\*\*|\*) ?/, ""))
    .join("\n");
}

function expectedOf(code: string): string[] | undefined {
  const lines = [...code.matchAll(/\/\/ =>(.*)$/gm)].map(([, text = ""]) => text.trim());
  return lines.length === 0 ? undefined : lines;
}

function problemOf(lang: string | null | undefined, meta: string | null | undefined): string | undefined {
  if (lang !== "ts") return `\`\`\`${lang}: examples are \`\`\`ts, so that they are compiled and run`;
  if (meta !== null && meta !== undefined && meta !== "no-run") {
    return `\`\`\`ts ${meta}: the only word that may follow is no-run`;
  }
  return undefined;
}
