import { expect, it } from "vitest";
import { background, DeadlineExceededError, withTimeout } from "../src/index.ts";

it("is an Error that passes for the platform's TimeoutError, in Go's words", () => {
  const err = withTimeout(background(), 0).err as DeadlineExceededError;
  expect(err).toBeInstanceOf(DeadlineExceededError);
  expect(err).toBeInstanceOf(Error);
  expect({ name: err.name, code: err.code, message: err.message }).toEqual({
    name: "TimeoutError",
    code: "TIMEOUT_ERR",
    message: "context deadline exceeded",
  });
  expect(String(err)).toBe("TimeoutError: context deadline exceeded");
});

it("can be made by hand, with a message and a cause", () => {
  const err = new DeadlineExceededError("too slow", { cause: 1 });
  expect([err.message, err.cause, err.name]).toEqual(["too slow", 1, "TimeoutError"]);
});
