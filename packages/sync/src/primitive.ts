import { inspect } from "@conc/internal";

/** What every primitive of this package has: a name for the reports, and a way to show its state. */
export abstract class Primitive {
  /** What reports call it. */
  readonly name: string | undefined;

  constructor(options: { readonly name?: string } = {}) {
    this.name = options.name;
  }

  abstract toString(): string;

  [inspect](): string {
    return this.toString();
  }
}
