import { expect } from "vitest";
import type { ConcMatchers } from "./conc-matchers.ts";
import { matchers } from "./matchers.ts";

export type { ConcMatchers } from "./conc-matchers.ts";

declare module "vitest" {
  // oxlint-disable-next-line typescript/no-explicit-any -- vitest declares it so
  interface Matchers<T = any> extends ConcMatchers<T> {}
}

expect.extend(matchers);
