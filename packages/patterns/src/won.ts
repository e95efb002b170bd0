import type { Winner } from "./types.ts";

type DefineGetter = (this: object, name: string, getter: () => unknown) => void;
const { __defineGetter__: defineGetter } = Object.prototype as unknown as { __defineGetter__: DefineGetter };

/**
 * What a race was won with. The promise of `losers` is made when it is first asked for, which is rarely.
 *
 * `losers` is an own property all the same, so that copies have it. By the old-fashioned way, and one function for all: a getter in an object
 * literal gives every object a shape of its own, which costs several times as much as the whole race.
 */
export class Won<Target, R> implements Winner<Target, R> {
  static readonly #getLosers = function (this: Won<unknown, unknown>): Promise<void> {
    this.#losers ??= this.#allEnded();
    return this.#losers;
  };
  readonly target: Target;
  readonly index: number;
  readonly value: R;
  readonly attempts: number;
  declare readonly losers: Promise<void>;
  readonly #allEnded: () => Promise<void>;
  #losers: Promise<void> | undefined;

  constructor(target: Target, index: number, value: R, attempts: number, allEnded: () => Promise<void>) {
    this.target = target;
    this.index = index;
    this.value = value;
    this.attempts = attempts;
    this.#allEnded = allEnded;
    defineGetter.call(this, "losers", Won.#getLosers);
  }
}
