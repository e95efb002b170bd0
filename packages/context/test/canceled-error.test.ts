import { expect, it } from "vitest";
import { background, CanceledError, withCancel } from "../src/index.ts";

it("is an Error that passes for the platform's AbortError, in Go's words", () => {
  const ctx = withCancel(background());
  ctx.cancel();
  const err = ctx.err as CanceledError;
  expect(err).toBeInstanceOf(CanceledError);
  expect(err).toBeInstanceOf(Error);
  expect({ name: err.name, code: err.code, message: err.message }).toEqual({
    name: "AbortError",
    code: "ABORT_ERR",
    message: "context canceled",
  });
  expect(String(err)).toBe("AbortError: context canceled");
});

it("can be made by hand, with a message and a cause", () => {
  const err = new CanceledError("the queue was closed", { cause: 1 });
  expect([err.message, err.cause, err.name]).toEqual(["the queue was closed", 1, "AbortError"]);
});
