import { describe, expect, it } from "vitest";
import { spread } from "../../page/spread.ts";

describe("spread", () => {
  it.each([
    ["leaves alone what has room", [0, 20, 40], [0, 20, 40]],
    ["moves apart what has not, in the order of places", [20, 0, 21], [20, 0, 30]],
    ["and what is then too near to those", [0, 1, 2, 15], [0, 10, 20, 30]],
    ["moves nothing beyond the end", [95, 99, 100], [80, 90, 100]],
    ["takes nothing for nothing", [], []],
  ])("%s", (_, places, moved) => {
    expect(spread(places, 10, 100)).toEqual(moved);
  });
});
