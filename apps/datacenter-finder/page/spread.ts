/**
 * Moves places apart that are nearer to each other than `gap`, as little as it takes and none beyond `most`. Gives them in the order they
 * came.
 */
export function spread(places: readonly number[], gap: number, most: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let least = Number.NEGATIVE_INFINITY;
  for (const one of order) {
    one.place = Math.max(one.place, least);
    least = one.place + gap;
  }
  let limit = most;
  for (const one of order.toReversed()) {
    one.place = Math.min(one.place, limit);
    limit = one.place - gap;
  }
  return order.sort((a, b) => a.index - b.index).map(({ place }) => place);
}
