import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseOptions } from "../src/options.ts";
import { usual } from "./support/watch-day.ts";

let printed = "";

beforeEach(() => {
  printed = "";
  const print = (text: unknown) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stderr, "write").mockImplementation(print);
  vi.spyOn(process.stdout, "write").mockImplementation(print);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the command line", () => {
  it("is the usual day by default: live in a terminal, plain on a pipe", () => {
    expect(parseOptions([], true)).toEqual({ day: usual, speed: 1, output: "live", report: undefined });
    expect(parseOptions([], false)).toMatchObject({ output: "plain" });
    expect(parseOptions(["--plain"], true)).toMatchObject({ output: "plain" });
    expect(parseOptions(["--json"], true)).toMatchObject({ output: "json" });
  });

  it("takes all that a day depends on", () => {
    const args =
      "--customers 10 --capacity 3 --stock 7 --president-after 0 --semaphore channel --seed 9 --speed 0.5 --report a.svg";
    expect(parseOptions(args.split(" "), false)).toEqual({
      day: { customers: 10, capacity: 3, stock: 7, presidentAfter: 0, semaphore: "channel", seed: 9 },
      speed: 0.5,
      output: "plain",
      report: "a.svg",
    });
    expect(parseOptions(["--no-semaphore"], false)).toMatchObject({ day: { semaphore: "none" } });
  });

  it("has the President come half way, unless told otherwise", () => {
    expect(parseOptions(["--customers", "31"], false)).toMatchObject({ day: { presidentAfter: 15 } });
  });

  it.each([
    { args: ["--customers", "-1"], says: "Expected a whole number from 0 to 1000000" },
    { args: ["--customers", "many"], says: "Expected a whole number from 0 to 1000000" },
    { args: ["--capacity", "0"], says: "Expected a whole number from 1 to 1000000" },
    { args: ["--stock", "1.5"], says: "Expected a whole number from 0 to 1000000" },
    { args: ["--speed", "0"], says: "Expected a number greater than 0" },
    { args: ["--speed", "fast"], says: "Expected a number greater than 0" },
    { args: ["--seed", ""], says: "Expected a whole number from 0 to 2147483647" },
    { args: ["--semaphore", "binary"], says: "Allowed choices are weighted, channel" },
    { args: ["--report", "day.png"], says: "Expected a file that ends in .svg or .html" },
    { args: ["--president-after", "201"], says: "is impossible: only 200 customers come" },
    { args: ["--json", "--plain"], says: "cannot be used with" },
    { args: ["--cake"], says: "unknown option '--cake'" },
    { args: ["today"], says: "too many arguments" },
  ])("refuses $args with status 2", ({ args, says }) => {
    expect(parseOptions(args, false)).toBe(2);
    expect(printed).toContain(says);
  });

  it("explains itself with status 0", () => {
    expect(parseOptions(["--help"], false)).toBe(0);
    expect(printed).toContain("--president-after");
  });
});
