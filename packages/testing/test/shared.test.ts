import { go } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { explore, shared } from "../src/index.ts";

describe("shared state", () => {
  it("behaves as the object it was made from", () => {
    const list = shared<{ items: string[]; more?: number }>({ items: ["a"] });
    list.items.push("b");
    list.more = 1;
    delete list.more;
    expect(list).toEqual({ items: ["a", "b"] });
    expect("more" in list).toBe(false);
    expect(Object.keys(list)).toEqual(["items"]);
    expect(() => shared(1 as never)).toThrow(TypeError);
  });

  const twoTasks = (state: { x: number; y: number }, second: "x" | "y") => async () => {
    state.x = 0;
    state.y = 0;
    await Promise.all([
      go(() => {
        state.x = state.x * 2 + 1;
      }),
      go(() => {
        state[second] += 1;
      }),
    ]);
    return `${state.x} ${state.y}`;
  };

  it("shows dpor which steps have to do with each other", async () => {
    const outcomes = async (body: () => unknown) => [...(await explore(body, { strategy: "dpor" })).outcomes.keys()];
    expect(await outcomes(twoTasks(shared({ x: 0, y: 0 }), "x"))).toEqual(["2 0", "3 0"]);
    expect(await outcomes(twoTasks(shared({ x: 0, y: 0 }), "y"))).toEqual(["1 1"]);
  });
});
