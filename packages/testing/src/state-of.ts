import { settled } from "./settled.ts";

/** How `promise` stands when everything that can run now has run; `undefined` while it is pending. */
export async function stateOf<T>(promise: PromiseLike<T>): Promise<PromiseSettledResult<T> | undefined> {
  let state: PromiseSettledResult<T> | undefined;
  promise.then(
    (value) => {
      state = { status: "fulfilled", value };
    },
    (reason: unknown) => {
      state = { status: "rejected", reason };
    },
  );
  await settled();
  return state;
}
