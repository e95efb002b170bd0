import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { useFakeClock } from "@conc/internal/testkit";
import { expect, it } from "vitest";
import { background, todo, withCancel, withTimeout } from "../src/index.ts";
import { countControllers } from "./support/count-controllers.ts";

it("console.log shows the chain, as Go does", () => {
  const clock = useFakeClock();
  const stdout = new PassThrough();
  new Console({ stdout }).log(withTimeout(withCancel(background()), 499));
  expect(String(stdout.read())).toBe("context.Background.WithCancel.WithTimeout(2030-01-01T12:00:00.499Z [499ms])\n");
  clock.restore();
});

it("a context inside of something else is shown the same, and nobody asks for its signal", () => {
  const controllers = countControllers();
  expect(inspect({ ctx: withCancel(todo()) })).toBe("{ ctx: context.TODO.WithCancel }");
  controllers.restore();
  expect(controllers.made).toBe(0);
});
