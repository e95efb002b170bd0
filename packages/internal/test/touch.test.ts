import { afterEach, describe, expect, it } from "vitest";
import { type Observer, runtime, touch } from "../src/index.ts";

afterEach(() => {
  runtime.observer = null;
});

describe("a touch", () => {
  it("goes to the observer, with the object and the name of the operation", () => {
    const touched: unknown[] = [];
    const observer: Observer = {
      touch: (object, operation) => touched.push([object, operation]),
      spawn: (fn) => fn,
      block: () => {},
      wake: () => {},
    };
    const object = {};
    touch(object, "unseen");
    runtime.observer = observer;
    touch(object, "lock");
    expect(touched).toEqual([[object, "lock"]]);
  });
});
