import { Chan } from "@conc/chan";
import { run, start } from "@conc/terminal";
import { describe, expect, it, onTestFinished } from "vitest";
import { strategyNames } from "../src/strategies.ts";
import { refused } from "./support/refused.ts";
import { serve } from "./support/server.ts";
import { fleetFile, node, program, silentDatacenter, startChild } from "./support/start-child.ts";

const finder = (...args: string[]) => run(node, [program, ...args]);

function expectGone(pid: number | undefined): void {
  expect(() => process.kill(pid as number, 0)).toThrow("ESRCH");
}

describe("start", () => {
  it("prints the URL and a line to try, answers at once, and leaves nothing behind on SIGTERM", async () => {
    const { child, url, stdout } = await startChild();
    expect(stdout).toContain(`try: curl '${url}/v1/find/server-1?strategy=hedged'`);
    const response = await fetch(`${url}/v1/find/server-1?strategy=redundant`);
    expect(await response.json()).toMatchObject({ found: true, strategy: "redundant" });
    const { datacenters } = (await (await fetch(`${url}/v1/datacenters`)).json()) as { datacenters: { url: string }[] };
    expect(datacenters).toHaveLength(6);

    child.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ status: 0, signal: null });
    expectGone(child.pid);
    for (const gone of [url, ...datacenters.map((one) => one.url)]) {
      await expect(fetch(gone)).rejects.toThrow("fetch failed");
    }
  });

  it("lets a running find end on SIGTERM", async () => {
    const answer = new Chan<() => void>(1);
    const { url: datacenter } = await serve((_, response) => void answer.trySend(() => response.end()));
    const { child, url } = await startChild({ FLEET: await fleetFile(datacenter) });
    const finding = fetch(`${url}/v1/find/server-1?timeout=60s`);
    const { value: end } = await answer.recv();
    child.kill("SIGTERM");
    // The port is closed when the service has begun to end.
    await refused(url);
    end?.();
    expect((await finding).status).toBe(200);
    expect(await child.ended).toMatchObject({ status: 0 });
  });

  it("cancels what still runs at the limit, up to the datacenter, and exits 0 all the same", async () => {
    const { file, received, aborted } = await silentDatacenter();
    const { child, url } = await startChild({ FLEET: file, DRAIN: "50ms" });
    const finding = fetch(`${url}/v1/find/server-1?timeout=60s`);
    await received.recv();
    child.kill("SIGTERM");
    expect((await finding).status).toBe(503);
    await aborted.recv();
    expect(await child.ended).toMatchObject({ status: 0 });
  });

  it("does not wait for running finds at the second signal", async () => {
    const { file, received, aborted } = await silentDatacenter();
    const { child, url } = await startChild({ FLEET: file, DRAIN: "10m" });
    const finding = fetch(`${url}/v1/find/server-1?timeout=60s`);
    await received.recv();
    child.kill("SIGINT");
    await refused(url);
    child.kill("SIGINT");
    expect((await finding).status).toBe(503);
    await aborted.recv();
    expect(await child.ended).toMatchObject({ status: 0 });
  });

  it("says in one line when its port is taken, status 1", async () => {
    const { port } = await serve(() => {});
    const { status, stdout, stderr } = await run(node, [program, "start"], { env: { PORT: String(port) } });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: `datacenter-finder: port ${port} is taken; choose another: PORT=${port + 1} pnpm start\n`,
    });
  });

  it("says in one line when its fleet makes no sense, status 2", async () => {
    const { status, stderr } = await finder("start", "--fleet", "no-such-file.json");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^datacenter-finder: fleet \S+no-such-file\.json: cannot be read: ENOENT[^\n]*\n$/);
  });

  it("says what it runs with, and nowhere what it is authorized by", async () => {
    const asked = new Chan<unknown>(10);
    const { url: datacenter } = await serve(({ headers }, response) => {
      asked.trySend(headers.authorization);
      response.writeHead(403).end(JSON.stringify({ error: `not for ${headers.authorization}` }));
    });
    const file = await fleetFile(datacenter, { authorization: "MINE_AUTHORIZATION" });
    const env = { FLEET: file, LOG_LEVEL: "trace", QUEUE: "7", MINE_AUTHORIZATION: "Bearer hunter2" };
    const { child, url } = await startChild(env);
    const answers: string[] = [];
    for (const path of ["/v1/find/x", "/v1/find/x/events", "/v1/datacenters", "/metrics", "/openapi.json"]) {
      answers.push(await (await fetch(url + path)).text());
    }
    expect((await asked.recv()).value).toBe("Bearer hunter2");
    child.kill("SIGTERM");
    const { stdout, stderr } = await child.ended;
    expect(stdout).toContain(`with: PORT=0 HOST=127.0.0.1 FLEET=${file} CAPACITY=2400 PER_DATACENTER=1200 QUEUE=7 `);
    expect(stdout).toContain("mine (authorized by MINE_AUTHORIZATION)");
    expect(stderr).toContain("not for ***");
    expect([...answers, stdout, stderr].join("\n")).not.toContain("hunter2");
  });

  it("logs what the datacenters say, when asked to", async () => {
    const { child, url } = await startChild({ LOG_LEVEL: "debug" });
    await (await fetch(`${url}/v1/find/server-1?strategy=redundant`)).json();
    child.kill("SIGTERM");
    const { stderr } = await child.ended;
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(expect.objectContaining({ msg: "datacenter", datacenter: "SBG", what: "received" }));
    expect(lines).toContainEqual(expect.objectContaining({ msg: "find", resource: "server-1" }));
  });
});

describe("find", () => {
  it("prints the workshop's lines, status 0 when it was found", async () => {
    const { status, stdout, stderr } = await finder("find", "server-1", "--strategy", "redundant");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => line.replace(/^[\d/]+ [\d:.]+ /, ""));
    expect(lines).toEqual([
      "INFO starting find datacenter=SBG",
      "INFO starting find datacenter=GRA",
      "INFO starting find datacenter=BHS",
      "INFO got result datacenter=SBG found=true",
      'INFO deadline exceeded finder=GRA reason="another attempt has won"',
      'INFO deadline exceeded finder=BHS reason="another attempt has won"',
      expect.stringMatching(/^server-1 is in SBG, found in \S+$/),
    ]);
  });

  it("ends with status 1 when it was not found, and when it could not be found out", async () => {
    const missing = await finder("find", "no-such-server", "-s", "waitgroup");
    expect(missing.status).toBe(1);
    expect(missing.stdout).toContain("no-such-server was not found");
    const failed = await finder("find", "server-1", "-s", "errgroup");
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('ERROR an error occurred error="something went wrong"');
    const late = await finder("find", "server-1", "-s", "sequential", "-t", "50ms");
    expect(late.status).toBe(1);
    expect(late.stdout).toContain("server-1: deadline exceeded after ");
  });

  it("ends with status 2 when the usage makes no sense", async () => {
    const { status, stdout, stderr } = await finder("find", "server-1", "--strategy", "magic");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Allowed choices are sequential, waitgroup");
  });

  it("runs every strategy in turn with --strategy all, and sums up in a table", async () => {
    const { status, stdout } = await finder("find", "server-1", "--strategy", "all");
    expect(status).toBe(0);
    const rows = stdout
      .split("\n")
      .filter((line) => line.startsWith("│"))
      .slice(1);
    expect(rows.map((row) => row.split("│")[1]?.trim())).toEqual(strategyNames);
    expect(rows[0]).toMatch(/│ found in SBG +│ +\d\S* │ +3 │ +3 │ +0 │ +0 │/);
    expect(rows[4]).toMatch(/│ failed: something went wrong │ +\d\S* │ +4 │ +\d │ +\d │ +1 │/);
  });

  it("gives one object per strategy with --json, and nothing else", async () => {
    const { stdout } = await finder("find", "server-3", "-s", "all", "--json");
    const reports = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(reports.map(({ strategy }) => strategy)).toEqual(strategyNames);
  });

  it("asks the user's own fleet", async () => {
    const { url } = await serve((request, response) => void response.writeHead(request.url === "/x" ? 200 : 404).end());
    const file = await fleetFile(url);
    const found = await finder("find", "x", "--fleet", file);
    expect(found.status).toBe(0);
    expect(found.stdout).toContain("got result datacenter=mine found=true");
    expect((await run(node, [program, "find", "y"], { env: { FLEET: file } })).status).toBe(1);
  });

  it("gives up on Ctrl-C, up to the datacenter, status 130", async () => {
    const { file, received, aborted } = await silentDatacenter();
    const child = start(node, [program, "find", "x", "--fleet", file, "-t", "1m"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    await received.recv();
    child.kill("SIGINT");
    await aborted.recv();
    expect(await child.ended).toMatchObject({ status: 130, stderr: "interrupted\n" });
    expectGone(child.pid);
  });
});
