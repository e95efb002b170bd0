import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseOptions } from "../../src/cli/program.ts";
import { settingsOf, type StartOptions } from "../../src/cli/start-command.ts";
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
  for (const name of [
    "PORT",
    "HOST",
    "DRAIN",
    "LOG_LEVEL",
    "FLEET",
    "CAPACITY",
    "PER_DATACENTER",
    "QUEUE",
    "HEDGE_RATIO",
    "HEDGE_BURST",
  ])
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
    [["start", "--hedge-ratio", "1.1"], 'expected a number from 0 to 1, got "1.1"'],
    [["start", "--hedge-ratio", "-1"], 'expected a number from 0 to 1, got "-1"'],
    [["seek", "x"], "unknown command 'seek'"],
    [[], "Usage: datacenter-finder"],
  ])("refuses %j with status 2, and says why", (args, says) => {
    expect(parseOptions(args)).toBe(2);
    expect(said).toContain(says);
  });

  it("prints what it starts with, as the environment would have it, and names all of it in its help", () => {
    const options = parseOptions([
      "start",
      "--fleet",
      "my.json",
      "--drain",
      "1.5s",
      "--hedge-ratio",
      "0.05",
      "--cache",
      "500ms",
    ]);
    const settings = settingsOf(options as StartOptions);
    expect(settings).toEqual({
      PORT: "3000",
      HOST: "127.0.0.1",
      FLEET: "my.json",
      CAPACITY: "2400",
      PER_DATACENTER: "1200",
      QUEUE: "10",
      HEDGE_RATIO: "0.05",
      HEDGE_BURST: "100",
      CACHE: "500ms",
      DRAIN: "1.5s",
      LOG_LEVEL: "info",
    });
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    expect(parseOptions(["start"])).toEqual(options);
    expect(parseOptions(["start", "--help"])).toBe(0);
    expect([...said.matchAll(/env:\s+(\w+)/g)].map(([, name]) => name)).toEqual(Object.keys(settings));
  });

  it("is described in the README as its help has it", async () => {
    parseOptions(["start", "--help"]);
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const flags = [...readme.matchAll(/^\| `([A-Z_]+)` \| `(--[a-z-]+)` \|/gm)].map(
      ([, name, flag]) => `${flag} ${name}`,
    );
    const help = said.replace(/\s+/g, " ");
    const helped = [...help.matchAll(/(--[a-z-]+) <\w+> ((?!--).)*?env: (\w+)/g)].map(
      ([, flag, , name]) => `${flag} ${name}`,
    );
    expect(flags).toEqual(helped);
  });

  it("helps with status 0, and names every strategy", () => {
    expect(parseOptions(["find", "--help"])).toBe(0);
    for (const name of strategyNames) expect(said).toMatch(new RegExp(`^  ${name} `, "m"));
  });
});
