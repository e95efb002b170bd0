import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { background, DeadlineExceededError, withDeadline } from "../src/index.ts";

it("withDeadline takes a date of another realm", () => {
  const date: Date = runInNewContext("new Date(0)");
  expect(date).not.toBeInstanceOf(Date);
  expect(withDeadline(background(), date).err).toBeInstanceOf(DeadlineExceededError);
});
