import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { collect } from "../src/collect.ts";
import { compile } from "../src/compile.ts";
import { run } from "../src/run.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const modules = fileURLToPath(new URL("../node_modules/.cache/examples/", import.meta.url));

for (const [fence, { module, errors }] of compile(collect(root), modules)) {
  it.concurrent(`${fence.file}:${fence.line}`, async () => {
    expect(fence.problem).toBeUndefined();
    expect(errors).toEqual([]);
    if (!fence.run) return;
    const { printed, failure } = await run(module, 15_000);
    expect(failure).toBeUndefined();
    expect(printed).toEqual(fence.expected ?? printed);
  });
}
