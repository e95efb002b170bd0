/*
 * A DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019) over
 * a fixed range: bin i counts the values in (least * growth^(i-1), least * growth^i].
 *
 * Invariants:
 * - a quantile is off by at most 1 % of itself, for values within the range; what lies outside counts in the first or last bin;
 * - the memory is 4 kB, whatever comes. It is tempting to take the paper's bins that grow on demand, but a duration between 10 us and
 *   two hours needs no more than these.
 */

const accuracy = 0.01;
const growth = (1 + accuracy) / (1 - accuracy);
const logGrowth = Math.log(growth);
/** Milliseconds; what is shorter counts as this. */
const least = 0.01;
const size = 1024;

/** How often which durations came, in bounded memory, to within 1 %. */
export class QuantileSketch {
  readonly #bins = new Uint32Array(size);
  count = 0;

  add(ms: number): void {
    const bin = ms <= least ? 0 : Math.ceil(Math.log(ms / least) / logGrowth);
    const at = Math.min(bin, size - 1);
    this.#bins[at] = (this.#bins[at] as number) + 1;
    this.count++;
  }

  clear(): void {
    this.#bins.fill(0);
    this.count = 0;
  }

  /** The `q`-quantile, 0 < q < 1, of what both sketches together have seen, which is at least one value. */
  quantileWith(other: QuantileSketch, q: number): number {
    let left = q * (this.count + other.count - 1);
    let bin = -1;
    do {
      bin++;
      left -= (this.#bins[bin] as number) + (other.#bins[bin] as number);
    } while (left >= 0 && bin < size - 1);
    // The middle of the bin, in the sense of relative error.
    return (least * growth ** bin * 2) / (1 + growth);
  }
}
