/** What a list needs of its nodes. Only the list writes these fields. */
export interface Linked<N extends Linked<N>> {
  prev: N | null;
  next: N | null;
  /** The list the node is on; `null` when it is on none. */
  list: List<N> | null;
}

/**
 * An intrusive doubly linked list: first in, first out, and any node leaves in O(1).
 *
 * Invariants:
 * - a node is on at most one list, and `node.list` says which;
 * - `size` is the number of nodes from `first` along `next`;
 * - a node that has left points to nothing, so that it keeps no neighbour alive.
 */
export class List<N extends Linked<N>> {
  first: N | null = null;
  last: N | null = null;
  size = 0;

  push(node: N): void {
    const { last } = this;
    (node as Linked<N>).list = this;
    node.prev = last;
    if (last === null) this.first = node;
    else last.next = node;
    this.last = node;
    this.size++;
  }

  /** Takes the node out. False when it is not on this list: it has left before. */
  remove(node: N): boolean {
    if (node.list !== this) return false;
    const { prev, next } = node;
    if (prev === null) this.first = next;
    else prev.next = next;
    if (next === null) this.last = prev;
    else next.prev = prev;
    node.list = node.prev = node.next = null;
    this.size--;
    return true;
  }

  /**
   * Takes out one node after the other, from the front, and visits each. Not a walk: what a visit does may take out others, or put in
   * new ones, which are visited too.
   */
  drain(visit: (node: N) => void): void {
    for (let node = this.shift(); node !== undefined; node = this.shift()) visit(node);
  }

  /** Takes out the node that came first. */
  shift(): N | undefined {
    const { first } = this;
    if (first === null) return undefined;
    this.remove(first);
    return first;
  }
}
