/**
 * A first-in, first-out queue in a circular array. It starts empty and doubles, so that a channel of great capacity
 * costs what it holds and not what it could hold.
 *
 * Invariants:
 * - the number of slots is 0 or a power of two, so that `& mask` wraps an index;
 * - the items are at `head`, `head + 1`, ... `head + length - 1`, wrapped; every other slot is `undefined`, so that a
 *   value that was taken is not kept alive.
 */
export class RingBuffer<T> {
  #slots: (T | undefined)[] = [];
  #head = 0;
  length = 0;

  push(item: T): void {
    if (this.length === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.length) & (this.#slots.length - 1)] = item;
    this.length++;
  }

  /** Takes the oldest item. The caller has seen that `length` is not 0. */
  shift(): T {
    const head = this.#head;
    const item = this.#slots[head] as T;
    this.#slots[head] = undefined;
    this.#head = (head + 1) & (this.#slots.length - 1);
    this.length--;
    return item;
  }

  #grow(): void {
    const inOrder = [...this.#slots.slice(this.#head), ...this.#slots.slice(0, this.#head)];
    this.#slots = inOrder.concat(new Array(Math.max(4, this.length)).fill(undefined));
    this.#head = 0;
  }
}
