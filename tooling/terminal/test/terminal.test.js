import { describe, expect, it } from "vitest";
import { run, start, Terminal } from "../index.js";

const node = process.execPath;

describe("a program on pipes", () => {
  it("gives its status and what it printed", async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3";
    expect(await run(node, ["-e", script])).toEqual({ status: 3, signal: null, stdout: "out\n", stderr: "err\n" });
  });

  it("sees nothing that tells of CI", async () => {
    const { stdout } = await run(node, ["-p", "process.env.CI"], { env: { OTHER: "1" } });
    expect(stdout).toBe("undefined\n");
  });

  it("can be waited for, and ended", async () => {
    const child = start(node, ["-e", "console.log('ready'); setInterval(() => {}, 1000)"]);
    expect(await child.printed("ready")).toBe("ready\n");
    child.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ status: null, signal: "SIGTERM" });
  });

  it("that ends without the text is no endless wait", async () => {
    const child = start(node, ["-e", "console.log('something else')"]);
    await expect(child.printed("ready")).rejects.toThrow("something else");
  });
});

describe("a program in a terminal", () => {
  it("has a screen, which control sequences change", async () => {
    const terminal = new Terminal(node, [
      "-e",
      "process.stdout.write('first\\x1b[2K\\rsecond ' + process.stdout.isTTY)",
    ]);
    expect(await terminal.ended).toEqual({ status: 0, signal: undefined });
    expect(terminal.screen()).toBe("second true");
    expect(terminal.raw).toContain("first");
  });

  it("shows also what is erased at once", async () => {
    const terminal = new Terminal(node, ["-e", "process.stdout.write('first\\x1b[2K\\rsecond')"]);
    expect(await terminal.shows("first")).toBe("first");
    expect(await terminal.shows("second")).toBe("second");
    await terminal.ended;
  });

  it("can be typed into; Ctrl-C is a signal to it", async () => {
    const script = "process.once('SIGINT', () => process.exit(7)); console.log('ready'); setInterval(() => {}, 1000)";
    const terminal = new Terminal(node, ["-e", script]);
    await terminal.shows(/^ready$/m);
    terminal.type("\x03");
    expect(await terminal.ended).toMatchObject({ status: 7 });
  });

  it("keeps what has scrolled off", async () => {
    const terminal = new Terminal(node, ["-e", "for (let i = 1; i <= 9; i++) console.log('line ' + i)"], { rows: 4 });
    await terminal.ended;
    expect(terminal.text()).toMatch(/^line 1\n/);
    expect(terminal.screen()).not.toContain("line 1\n");
  });
});
