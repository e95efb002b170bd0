/** Counts the AbortControllers that are made from now on, by whomever; `restore` ends it. */
export function countControllers(): { readonly made: number; restore(): void } {
  const original = globalThis.AbortController;
  const count = {
    made: 0,
    restore() {
      globalThis.AbortController = original;
    },
  };
  globalThis.AbortController = class extends original {
    constructor() {
      super();
      count.made++;
    }
  };
  return count;
}
