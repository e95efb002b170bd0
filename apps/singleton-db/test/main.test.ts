import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { background } from "@conc/context";
import { run, start, Terminal } from "@conc/terminal";
import { describe, expect, it } from "vitest";
import { startEmbeddedServer } from "../src/embedded-server.ts";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const node = process.execPath;

/** Where the server that the program has started has its data, and its process. */
function serverIn(output: string): { directory: string; pid: number } {
  const directory = /data is in (\S+)/.exec(output)?.[1] as string;
  return { directory, pid: Number(readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n")[0]) };
}

function expectGone({ directory, pid }: { directory: string; pid: number }): void {
  expect(existsSync(directory)).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
}

describe("the program", () => {
  it("shows the five side by side, and what the server says of each", async () => {
    const { status, stdout, stderr } = await run(node, [program]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.match(/^connecting to database$/gm)).toHaveLength(3 + 1 + 3 + 1 + 2);
    expect(stdout.match(/^got database connection! database=\d+$/gm)).toHaveLength(5 * 3);
    expect(stdout.match(/^the server says: \d backends? opened for this run/gm)).toEqual([
      "the server says: 3 backends opened for this run",
      "the server says: 1 backend opened for this run",
      "the server says: 3 backends opened for this run",
      "the server says: 1 backend opened for this run",
      "the server says: 1 backend opened for this run",
    ]);
    expect(stdout).toMatch(/│ naive +│ +3 │ +3 │ .* │ 3 instead of one +│/);
    expect(stdout).toMatch(/│ mutex +│ +1 │ +1 │ .* │ one, every call locks │/);
    expect(stdout).toMatch(/│ double-check │ +3 │ +3 │ .* │ 3, one after another +│/);
    expect(stdout).toMatch(/│ once +│ +1 │ +1 │ .* │ one +│/);
    expect(stdout).toMatch(/│ once-retry +│ +1 │ +1 │ .* │ one, at connect 2 +│/);
    const directory = /data is in (\S+)/.exec(stdout)?.[1] as string;
    expect(existsSync(directory)).toBe(false);
  });

  it("gives one object per strategy with --json, and nothing else", async () => {
    const { status, stdout, stderr } = await run(node, [program, "--json", "--tasks", "5"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const objects = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects).toMatchObject([
      { strategy: "naive", backends: 5, ids: 5 },
      { strategy: "mutex", backends: 1, ids: 1 },
      { strategy: "double-check", backends: 5, ids: 5 },
      { strategy: "once", backends: 1, ids: 1 },
      { strategy: "once-retry", backends: 1, ids: 1, connects: 2 },
    ]);
    expect(objects.every(({ ms }) => typeof ms === "number" && ms > 0)).toBe(true);
  });

  it("uses the user's server with DATABASE_URL, and leaves it running", async () => {
    const server = await startEmbeddedServer(20, background());
    try {
      const { user, password, port } = server.config;
      const url = `postgresql://${user}:${String(password)}@127.0.0.1:${port}/postgres`;
      const { status, stdout } = await run(node, [program, "--strategy", "naive"], { env: { DATABASE_URL: url } });
      expect(status).toBe(0);
      expect(stdout).toContain(`on 127.0.0.1:${port}/postgres; it is yours, by DATABASE_URL`);
      expect(stdout).toContain("the server says: 3 backends opened for this run");
      expect(stdout).not.toContain(String(password));
      const again = await run(node, [program, "--strategy", "once", "--json"], { env: { DATABASE_URL: url } });
      expect(JSON.parse(again.stdout)).toMatchObject({ strategy: "once", backends: 1 });

      const refused = await run(node, [program], { env: { DATABASE_URL: url.replace(String(password), "wrong") } });
      expect(refused.status).toBe(1);
      expect(refused.stderr).toBe(
        `singleton-db: cannot connect to the database at 127.0.0.1:${port}/postgres: password authentication failed for user "postgres"\n`,
      );
    } finally {
      await server.stop();
    }
  });

  it.each([
    { url: "localhost:5432", says: /^singleton-db: DATABASE_URL: expected a URL like postgres:[^\n]*\n$/ },
    {
      url: "postgres://u:pw@127.0.0.1:1/x",
      says: /^singleton-db: cannot connect [^\n]*127.0.0.1:1\/x: connect ECONNREFUSED[^\n]*\n$/,
    },
  ])("says in one line why there is no database at $url, status 1", async ({ url, says }) => {
    const { status, stderr, stdout } = await run(node, [program, "--json"], { env: { DATABASE_URL: url } });
    expect(status).toBe(1);
    expect(stderr).toMatch(says);
    expect(stdout).toBe("");
  });

  it("says in one line why it cannot start a server, status 1", async () => {
    const { status, stderr } = await run(node, [program, "--json"], { env: { TMPDIR: "/nowhere/at/all" } });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^singleton-db: cannot start PostgreSQL: [^\n]*DATABASE_URL[^\n]*\n$/);
  });

  it("refuses what makes no sense with status 2, before it starts anything", async () => {
    const { status, stdout, stderr } = await run(node, [program, "--tasks", "none"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Expected a whole number from 1 to 500");
  });
});

describe("interrupted", () => {
  it("ends cleanly on Ctrl-C, which in a terminal reaches the server too", async () => {
    const terminal = new Terminal(node, [program, "--tasks", "60"], { columns: 120, rows: 100 });
    const server = serverIn(await terminal.shows("connecting to database"));
    terminal.type("\x03");
    expect(await terminal.ended).toMatchObject({ status: 130 });
    expect(terminal.text()).toMatch(/interrupted$/);
    expectGone(server);
  });

  it("ends cleanly while the server is starting", async () => {
    const terminal = new Terminal(node, [program], { columns: 120 });
    await terminal.shows("starting PostgreSQL");
    terminal.type("\x03");
    expect(await terminal.ended).toMatchObject({ status: 130 });
    expect(terminal.text()).toMatch(/interrupted$/);
  });

  it("ends cleanly on SIGTERM", async () => {
    const child = start(node, [program, "--tasks", "60"]);
    const server = serverIn(await child.printed("connecting to database"));
    child.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ status: 143, stderr: "interrupted\n" });
    expectGone(server);
  });

  it("ends cleanly when its reader has gone", async () => {
    const { status, stdout, stderr } = await run("sh", ["-c", `"${node}" "${program}" | head -n 2`]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const directory = /data is in (\S+)/.exec(stdout)?.[1] as string;
    expect(directory).toBeDefined();
    expect(existsSync(directory)).toBe(false);
  });
});
