import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseOptions } from "../src/options.ts";

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
  it("runs all five with three tasks by default", () => {
    const options = parseOptions([]);
    expect(options).toMatchObject({ tasks: 3, json: false });
    expect(typeof options === "object" && options.strategies.map(({ name }) => name)).toEqual([
      "naive",
      "mutex",
      "double-check",
      "once",
      "once-retry",
    ]);
  });

  it("takes one strategy, a number of tasks, JSON", () => {
    const options = parseOptions(["--strategy", "once", "--tasks", "12", "--json"]);
    expect(options).toMatchObject({ tasks: 12, json: true, strategies: [{ name: "once" }] });
  });

  it.each([
    { args: ["--tasks", "0"], says: "Expected a whole number from 1 to 500" },
    { args: ["--tasks", "2.5"], says: "Expected a whole number from 1 to 500" },
    { args: ["--tasks", "many"], says: "Expected a whole number from 1 to 500" },
    { args: ["--tasks", ""], says: "Expected a whole number from 1 to 500" },
    { args: ["--tasks", "501"], says: "Expected a whole number from 1 to 500" },
    { args: ["--strategy", "twice"], says: "Allowed choices are naive, mutex, double-check, once, once-retry" },
    { args: ["--strategies", "once"], says: "unknown option '--strategies'" },
    { args: ["once"], says: "too many arguments" },
  ])("refuses $args with status 2", ({ args, says }) => {
    expect(parseOptions(args)).toBe(2);
    expect(printed).toContain(says);
  });

  it("explains itself with status 0", () => {
    expect(parseOptions(["--help"])).toBe(0);
    expect(printed).toContain("DATABASE_URL");
  });
});
