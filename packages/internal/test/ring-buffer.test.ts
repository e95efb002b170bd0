import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RingBuffer } from "../src/index.ts";

describe("RingBuffer", () => {
  it("gives items back in the order they came, through growth and wrapping", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (steps) => {
        const buffer = new RingBuffer<number>();
        const model: number[] = [];
        let id = 0;
        for (const push of steps) {
          if (push) {
            buffer.push(id);
            model.push(id++);
          }
          const taken = push || model.length === 0 ? undefined : buffer.shift();
          expect(taken).toBe(push ? undefined : model.shift());
          expect(buffer.length).toBe(model.length);
        }
        while (model.length > 0) expect(buffer.shift()).toBe(model.shift());
      }),
    );
  });

  it("holds undefined as an item", () => {
    const buffer = new RingBuffer<undefined>();
    buffer.push(undefined);
    expect(buffer.length).toBe(1);
    expect(buffer.shift()).toBeUndefined();
    expect(buffer.length).toBe(0);
  });
});
