import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseOptions } from "../../src/cli/program.ts";
import { defaultLimits } from "../../src/service/limits.ts";
import { strategyNames } from "../../src/strategies.ts";

let said: string;

beforeEach(() => {
  said = "";
  const hear = (text: unknown) => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stderr, "write").mockImplementation(hear);
  vi.spyOn(process.stdout, "write").mockImplementation(hear);
  for (const name of ["PORT", "HOST", "DRAIN", "LOG_LEVEL", "FLEET", "CAPACITY", "PER_DATACENTER", "QUEUE"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("parseOptions", () => {
  it("reads a find", () => {
    expect(parseOptions(["find", "server-1"])).toEqual({
      command: "find",
      resource: "server-1",
      strategies: ["hedged"],
      timeout: 5000,
      json: false,
    });
    expect(parseOptions(["find", "x", "-s", "all", "-t", "1.5s", "--fleet", "my.json", "--json"])).toEqual({
      command: "find",
      resource: "x",
      strategies: strategyNames,
      timeout: 1500,
      fleet: "my.json",
      json: true,
    });
  });

  it("reads a start, from flags and from the environment", () => {
    const usual = {
      command: "start",
      port: 3000,
      host: "127.0.0.1",
      drain: 10_000,
      logLevel: "info",
      ...defaultLimits,
    };
    expect(parseOptions(["start"])).toEqual(usual);
    vi.stubEnv("PORT", "8080");
    vi.stubEnv("FLEET", "my.json");
    vi.stubEnv("DRAIN", "1s");
    expect(parseOptions(["start"])).toEqual({ ...usual, port: 8080, fleet: "my.json", drain: 1000 });
    vi.stubEnv("QUEUE", "0");
    expect(parseOptions(["start", "--port", "0", "--capacity", "100"])).toMatchObject({
      port: 0,
      capacity: 100,
      queue: 0,
    });
  });

  it.each([
    [["find"], "missing required argument 'resource'"],
    [
      ["find", "../x"],
      "expected 1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or a digit, got \"../x\"",
    ],
    [["find", "x", "y"], "too many arguments"],
    [["find", "x", "-s", "magic"], "Allowed choices are sequential, waitgroup"],
    [["find", "x", "-t", "soon"], 'expected a duration such as 500ms, 1.5s or 2m, from 1ms to 600s, got "soon"'],
    [["find", "x", "--wait"], "unknown option '--wait'"],
    [["start", "--port", "65536"], 'expected a whole number from 0 to 65535, got "65536"'],
    [["start", "--port", ""], 'expected a whole number from 0 to 65535, got ""'],
    [["seek", "x"], "unknown command 'seek'"],
    [[], "Usage: datacenter-finder"],
  ])("refuses %j with status 2, and says why", (args, says) => {
    expect(parseOptions(args)).toBe(2);
    expect(said).toContain(says);
  });

  it("helps with status 0, and names every strategy", () => {
    expect(parseOptions(["find", "--help"])).toBe(0);
    for (const name of strategyNames) expect(said).toMatch(new RegExp(`^  ${name} `, "m"));
  });
});
