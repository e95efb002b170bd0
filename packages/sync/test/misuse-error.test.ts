import { expect, it } from "vitest";
import { MisuseError } from "../src/index.ts";

it("has a literal name and a stable code, and takes a cause", () => {
  const error = new MisuseError("sync: unlock of unlocked mutex", { cause: 1 });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "MisuseError", code: "ERR_MISUSE", cause: 1 });
});
