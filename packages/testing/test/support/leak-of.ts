import { expect } from "vitest";
import { LeakError } from "../../src/index.ts";

/** What a verification says that must fail. */
export async function leakOf(verified: Promise<unknown>): Promise<string> {
  const error = await verified.then(
    () => new Error("nothing is alive"),
    (reason: Error) => reason,
  );
  expect(error).toBeInstanceOf(LeakError);
  return error.message;
}
