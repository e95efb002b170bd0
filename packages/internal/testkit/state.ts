import { flush } from "./flush.ts";

/** How a promise stands, as a test reads it. */
export type State =
  | { status: "pending" }
  | { status: "fulfilled"; value: unknown }
  | { status: "rejected"; reason: unknown };

/** How `promise` stands once everything that can run has run. */
export async function stateOf(promise: Promise<unknown>): Promise<State> {
  let state: State = { status: "pending" };
  promise.then(
    (value) => {
      state = { status: "fulfilled", value };
    },
    (reason: unknown) => {
      state = { status: "rejected", reason };
    },
  );
  await flush();
  return state;
}
