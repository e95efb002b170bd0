import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, start, Terminal } from "@conc/terminal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ShopEvent } from "../src/events.ts";
import { of, watchDay } from "./support/watch-day.ts";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const node = process.execPath;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bakery-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function bakery(...args: string[]) {
  return run(node, [program, ...args], { cwd: folder });
}

describe("on a pipe", () => {
  it("prints plain lines, and how the day went", async () => {
    const { status, stdout, stderr } = await bakery("--speed", "1000");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("07:00:00  the shop opens: 200 chocolatines, 5 people at most, by a weighted semaphore");
    expect(lines[1]).toMatch(/^07:0\d:\d\d {2}#1 enters after 0:00, 1 inside, 0 in the queue$/);
    expect(stdout).toMatch(/^07:1\d:\d\d {2}the President comes, with two bodyguards: three places, please$/m);
    expect(lines.slice(-8)).toEqual([
      "",
      "highest occupancy   5 of 5, never above",
      "chocolatines        200 sold, each once; 0 left",
      "customers served    197 of 200",
      "the President       served",
      expect.stringMatching(/^longest wait {8}\d:\d\d, #\d+$/),
      "overtaken           nobody",
      "",
    ]);
    expect(stdout).not.toContain("\x1b");
  });

  it("gives the events with --json: the same to the byte for the same seed, at any speed", async () => {
    const [fast, faster, other] = await Promise.all([
      bakery("--json", "--seed", "3", "--speed", "1000"),
      bakery("--json", "--seed", "3", "--speed", "100000"),
      bakery("--json", "--seed", "4", "--speed", "100000"),
    ]);
    expect(fast.stdout).toBe(faster.stdout);
    expect(fast.stdout).not.toBe(other.stdout);
    const events = fast.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as ShopEvent);
    expect(events).toEqual(await watchDay({ seed: 3 }));
    expect(of(events, "sell")).toHaveLength(200);
  });

  it("shows the shop without semaphore go over the limit", async () => {
    const { status, stdout } = await bakery("--no-semaphore", "--speed", "100000");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^highest occupancy {3}1\d of 5: over the limit$/m);
  });

  it("refuses a party larger than the shop, and serves the others", async () => {
    const { stdout } = await bakery("--capacity", "2", "--semaphore", "channel", "--speed", "100000");
    expect(stdout).toContain("the President is refused: a party of 3 does not fit into a shop for 2");
    expect(stdout).toMatch(/^customers served {4}200 of 200$/m);
  });

  it("draws the day to a file", async () => {
    const { status, stdout } = await bakery("--report", "day.svg", "--speed", "100000");
    expect(status).toBe(0);
    expect(stdout).toContain(join(folder, "day.svg"));
    expect(readFileSync(join(folder, "day.svg"), "utf8")).toContain("A day at the bakery");
  });

  it("says before the day begins that a report cannot be written, status 1", async () => {
    const { status, stdout, stderr } = await bakery("--report", "nowhere/day.svg");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^bakery: ENOENT[^\n]*nowhere'\n$/);
  });

  it("refuses what is impossible with status 2", async () => {
    const { status, stdout, stderr } = await bakery("--president-after", "500");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe("error: option '--president-after 500' is impossible: only 200 customers come.\n");
  });

  it("ends cleanly on a signal", async () => {
    const child = start(node, [program, "--report", "day.svg"], { cwd: folder });
    await child.printed("the shop opens");
    child.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ status: 143, stderr: "interrupted\n" });
    expect(existsSync(join(folder, "day.svg"))).toBe(false);
  });

  it("ends cleanly when its reader has gone", async () => {
    const { status, stdout, stderr } = await run("sh", ["-c", `"${node}" "${program}" --speed 60 | head -n 1`]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/the shop opens[^\n]*\n$/);
  });
});

describe("in a terminal", () => {
  it("shows the shop live: shelf, floor, queue, the President's visit", async () => {
    const terminal = new Terminal(node, [program, "--speed", "10"], { columns: 80, rows: 24 });
    const morning = await terminal.shows(/│ +#\d \d:\d\d +│/);
    expect(morning).toMatch(/^bakery 07:0\d:\d\d 5 people at most, by a weighted semaphore\n/);
    expect(morning).toMatch(/chocolatines █+░* (200|19\d) of 200 left/);
    expect(morning).toMatch(/shop floor [1-5] of 5 inside/);
    expect(morning.match(/╭─+╮/g)).toHaveLength(5);

    const visit = await terminal.shows(/│ President │/);
    expect(visit.match(/│ bodyguard │/g)).toHaveLength(2);
    expect(visit).toContain("shop floor 5 of 5 inside");
    expect(visit).toMatch(/queue outside \d+ waiting\n#\d+ +\d:\d\d /);
    expect(visit).toMatch(/07:1\d:\d\d {2}the President enters after \d:\d\d, 5 inside/);

    expect(await terminal.ended).toMatchObject({ status: 0 });
    expect(terminal.text()).toMatch(/│ +free +│.*\n.*\n\nqueue outside nobody/);
    expect(terminal.text()).toMatch(/highest occupancy {3}5 of 5, never above\n[^]*overtaken {11}nobody$/);
    // One picture that changes, not one below the other.
    expect(terminal.text().match(/shop floor/g)).toHaveLength(1);
  });

  it("shows more people than places without a semaphore", async () => {
    const terminal = new Terminal(node, [program, "--no-semaphore", "--speed", "20"], { columns: 80, rows: 30 });
    const crowded = await terminal.shows("over the limit");
    expect(crowded).toMatch(/shop floor ([6-9]|1\d) of 5 inside: over the limit/);
    await terminal.ended;
  });

  it("ends cleanly on Ctrl-C, with the shop as it was and the cursor back", async () => {
    const terminal = new Terminal(node, [program], { columns: 80, rows: 24 });
    await terminal.shows(/│ +#1 0:\d\d +│/);
    terminal.type("\x03");
    expect(await terminal.ended).toMatchObject({ status: 130 });
    expect(terminal.text()).toMatch(/interrupted$/);
    expect(terminal.raw.lastIndexOf("\x1b[?25h")).toBeGreaterThan(terminal.raw.lastIndexOf("\x1b[?25l"));
  });

  it("prints plain lines there too with --plain", async () => {
    const terminal = new Terminal(node, [program, "--plain", "--speed", "100000"], { columns: 100 });
    await terminal.ended;
    expect(terminal.text()).toMatch(/^07:00:00 {2}the shop opens/);
    expect(terminal.raw).not.toContain("\x1b[?25l");
  });
});
