import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { growth, sizesOf } from "../../chaos/soak/heap-growth.ts";

type Node = readonly [type: "object" | "closure" | "string", name: string, size: number];

/** Writes a snapshot as V8 does, as far as it is read. */
async function snapshot(...objects: readonly Node[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const types = ["object", "closure", "string"];
  const strings = [...new Set(objects.map(([, name]) => name))];
  const nodes = objects.flatMap(([type, name, size], id) => [types.indexOf(type), strings.indexOf(name), id, size, 0]);
  const meta = { node_fields: ["type", "name", "id", "self_size", "edge_count"], node_types: [types] };
  const file = join(folder, "a.heapsnapshot");
  await writeFile(file, JSON.stringify({ snapshot: { meta }, nodes, strings }));
  return file;
}

describe("the growth of a heap", () => {
  it("adds up bytes by constructor and by function; strings are all one, whatever they say", async () => {
    const file = await snapshot(
      ["object", "Chan", 40],
      ["object", "Chan", 8],
      ["closure", "serve", 64],
      ["string", "a", 16],
      ["string", "b", 24],
    );
    expect(Object.fromEntries(await sizesOf(file))).toEqual({ "object Chan": 48, "closure serve": 64, string: 40 });
  });

  it("tells what has grown most, what is new included, and nothing that has shrunk", () => {
    const before = new Map(Object.entries({ "object Chan": 40, string: 100, code: 10 }));
    const after = new Map(Object.entries({ "object Chan": 50, string: 90, code: 40, "object New": 20 }));
    expect(growth(before, after, 2)).toEqual([
      ["code", 30],
      ["object New", 20],
    ]);
  });
});
