import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { type Compiled, compile } from "../src/compile.ts";
import { type Fence, fencesOfMarkdown } from "../src/fence.ts";
import { run } from "../src/run.ts";

const examples = {
  objects: 'console.log({ a: [1, "b"], c: new Map([[1, 2]]) }, "d %s");\nconsole.log("%s!", "e\\nf");',
  using: "{ using held = { [Symbol.dispose]: () => console.log('freed') }; void held; console.log('held'); }",
  wrong: "\nconst n: number = 'text';\nconsole.log(n.nothing);",
  unknown: 'import { frobnicate } from "@conc/chan";\nfrobnicate();',
  throws: "console.log('before');\nthrow new Error('on purpose');",
  rejects: "void Promise.reject(new Error('forgotten'));",
  hangs: "console.log('waits');\nawait new Promise(() => {});",
  spins: "for (;;) {}",
  exits: "process.exit(3);",
  global: "console.log((globalThis as { left?: boolean }).left); (globalThis as { left?: boolean }).left = true;",
} as const;

let compiled: Map<Fence, Compiled>;

beforeAll(() => {
  const fences = Object.entries(examples).flatMap(([name, code]) =>
    fencesOfMarkdown(`${name}.md`, `\`\`\`ts\n${code}\n\`\`\``),
  );
  compiled = compile(fences, fileURLToPath(new URL("../node_modules/.cache/own/", import.meta.url)));
});

function the(name: keyof typeof examples): Compiled {
  for (const [{ file }, one] of compiled) if (file === `${name}.md`) return one;
  throw new Error(`no example ${name}`);
}

const outcome = (name: keyof typeof examples, limit = 5_000) => run(the(name).module, limit);

it("hears what is printed as Node prints it, line by line", async () => {
  expect(await outcome("objects")).toEqual({
    printed: ["{ a: [ 1, 'b' ], c: Map(1) { 1 => 2 } } d %s", "e", "f!"],
    failure: undefined,
  });
});

it("runs `using` on a Node that does not know it", async () => {
  expect(await outcome("using")).toEqual({ printed: ["held", "freed"], failure: undefined });
});

it("gives the compiler's errors with the line in the docs", () => {
  expect(the("wrong").errors).toEqual([
    "wrong.md:3: TS2322: Type 'string' is not assignable to type 'number'.",
    "wrong.md:4: TS2339: Property 'nothing' does not exist on type 'number'.",
  ]);
  expect(the("objects").errors).toEqual([]);
});

it("does not compile a name that the package does not have", () => {
  expect(the("unknown").errors).toEqual([expect.stringContaining("TS2305")]);
});

it("fails an example that throws, rejects where nobody looks, or exits", async () => {
  expect(await outcome("throws")).toEqual({ printed: ["before"], failure: expect.stringContaining("on purpose") });
  expect((await outcome("rejects")).failure).toContain("forgotten");
  expect((await outcome("exits")).failure).toBe("exit code 3");
});

it("fails an example that never ends, whether it waits or spins", async () => {
  expect(await outcome("hangs")).toEqual({ printed: ["waits"], failure: expect.stringContaining("never settled") });
  expect((await outcome("spins", 300)).failure).toBe("still running after 300 ms");
});

it("gives each run globals of its own", async () => {
  await outcome("global");
  expect((await outcome("global")).printed).toEqual(["undefined"]);
});
