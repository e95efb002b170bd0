import { describe, expect, it } from "vitest";
import { Places } from "../../src/live/places.ts";

function names(places: Places, capacity: number): (string | undefined)[] {
  return places.list(capacity).map((occupant) => occupant?.name);
}

describe("the places of the floor", () => {
  it("are kept until one leaves, and filled from the front", () => {
    const places = new Places(4);
    places.enter("#1", 1, 0);
    places.enter("#2", 1, 0);
    places.leave("#1");
    expect(names(places, 4)).toEqual([undefined, "#2", undefined, undefined]);
    places.enter("President", 3, 0);
    expect(names(places, 4)).toEqual(["President", "#2", "bodyguard", "bodyguard"]);
  });

  it("are more than there are, when nothing keeps people out, as long as somebody stands there", () => {
    const places = new Places(1);
    places.enter("#1", 1, 0);
    places.enter("#2", 1, 0);
    expect(names(places, 1)).toEqual(["#1", "#2"]);
    places.leave("#2");
    expect(names(places, 1)).toEqual(["#1"]);
    places.leave("#1");
    expect(names(places, 1)).toEqual([undefined]);
  });
});
