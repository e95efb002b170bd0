import { readFile } from "node:fs/promises";

/** Bytes by what they belong to: an object's constructor, or what the engine calls it. */
export type Sizes = ReadonlyMap<string, number>;

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** Reads a heap snapshot of V8. */
export async function sizesOf(file: string): Promise<Sizes> {
  const { snapshot, nodes, strings } = JSON.parse(await readFile(file, "utf8")) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ["type", "name", "self_size"].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ];
  const sizes = new Map<string, number>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type] as number] as string;
    // A string's name is the string.
    const key = kind === "object" || kind === "closure" ? `${kind} ${strings[nodes[at + name] as number]}` : kind;
    sizes.set(key, (sizes.get(key) ?? 0) + (nodes[at + size] as number));
  }
  return sizes;
}

/** What has grown most, in bytes, the most first. */
export function growth(before: Sizes, after: Sizes, count: number): [name: string, bytes: number][] {
  const grown = [...after].map(([name, bytes]): [string, number] => [name, bytes - (before.get(name) ?? 0)]);
  return grown
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, count);
}
