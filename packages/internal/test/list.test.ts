import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Linked, List } from "../src/index.ts";

class Node implements Linked<Node> {
  prev: Node | null = null;
  next: Node | null = null;
  list: List<Node> | null = null;
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }
}

const ids = (list: List<Node>) => {
  const found: number[] = [];
  for (let node = list.first; node !== null; node = node.next) found.push(node.id);
  return found;
};

describe("List", () => {
  it("gives nodes back in the order they came", () => {
    const list = new List<Node>();
    for (let i = 0; i < 3; i++) list.push(new Node(i));
    expect([list.shift()?.id, list.shift()?.id, list.shift()?.id, list.shift()]).toEqual([0, 1, 2, undefined]);
    expect(list).toMatchObject({ first: null, last: null, size: 0 });
  });

  it("removes from the front, the middle and the end, each once", () => {
    const list = new List<Node>();
    const nodes = [0, 1, 2, 3].map((id) => new Node(id));
    for (const node of nodes) list.push(node);
    for (const at of [1, 0, 3, 2]) {
      expect(list.remove(nodes[at] as Node)).toBe(true);
      expect(list.remove(nodes[at] as Node)).toBe(false);
    }
    expect(list).toMatchObject({ first: null, last: null, size: 0 });
  });

  it("a node that has left points to nothing", () => {
    const list = new List<Node>();
    const nodes = [0, 1, 2].map((id) => new Node(id));
    for (const node of nodes) list.push(node);
    list.remove(nodes[1] as Node);
    list.shift();
    expect(nodes[0]).toMatchObject({ prev: null, next: null, list: null });
    expect(nodes[1]).toMatchObject({ prev: null, next: null, list: null });
  });

  it("does not take a node of another list", () => {
    const one = new List<Node>();
    const two = new List<Node>();
    const node = new Node(0);
    one.push(node);
    expect(two.remove(node)).toBe(false);
    expect(node.list).toBe(one);
    expect([one.size, two.size]).toEqual([1, 0]);
  });

  it("behaves as an array with push, shift and removal by identity", () => {
    const step = fc.oneof(fc.constant("push" as const), fc.constant("shift" as const), fc.nat(20));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const list = new List<Node>();
        const nodes: Node[] = [];
        let model: number[] = [];
        for (const one of steps) {
          let got: unknown;
          let expected: unknown;
          if (one === "push") {
            const node = new Node(nodes.length);
            nodes.push(node);
            list.push(node);
            model.push(node.id);
          } else if (one === "shift") {
            got = list.shift()?.id;
            expected = model.shift();
          } else {
            const node = nodes[one];
            got = node !== undefined && list.remove(node);
            expected = model.includes(one);
            model = model.filter((id) => id !== one);
          }
          expect(got).toBe(expected);
          expect(ids(list)).toEqual(model);
          expect(list.size).toBe(model.length);
          expect(list.last?.id).toBe(model.at(-1));
        }
      }),
    );
  });
});
