import { existsSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { background, withCancel } from "@conc/context";
import { afterEach, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedServer } from "../src/embedded-server.ts";
import { connectClient } from "../src/postgres.ts";

let server: EmbeddedServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

function pidOf({ directory }: EmbeddedServer): number {
  return Number(readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n")[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

describe("the embedded server", () => {
  it("is gone when stopped, with its data", async () => {
    server = await startEmbeddedServer(10, background());
    const pid = pidOf(server);
    expect(isAlive(pid)).toBe(true);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(server.directory)).toBe(false);
  });

  it("stops also when it has ended by itself, as on Ctrl-C in a terminal, which reaches it too", async () => {
    server = await startEmbeddedServer(10, background());
    const client = await connectClient(server.config, background());
    const ended = new Promise((resolve) => client.once("end", resolve));
    process.kill(pidOf(server), "SIGINT");
    await ended;
    await server.stop();
    expect(existsSync(server.directory)).toBe(false);
  });

  it("listens on the loopback interface only", async () => {
    server = await startEmbeddedServer(10, background());
    const client = await connectClient(server.config, background());
    const { rows } = await client.query("show listen_addresses");
    await client.end();
    expect(rows).toEqual([{ listen_addresses: "127.0.0.1" }]);

    const own = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
    for (const { address } of own.filter(({ internal, family }) => !internal && family === "IPv4")) {
      const socket = connect(server.config.port as number, address);
      await expect(once(socket, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    }
  });

  it("does not let anybody in without its password", async () => {
    server = await startEmbeddedServer(10, background());
    const guess = connectClient({ ...server.config, password: "password" }, background());
    await expect(guess).rejects.toMatchObject({ code: "28P01" });
  });

  it("is not started, and leaves nothing, when the run is cancelled while its data is made", async () => {
    using ctx = withCancel(background());
    const starting = startEmbeddedServer(10, ctx);
    ctx.cancel();
    await expect(starting).rejects.toBe(ctx.err);
  });

  it("leaves the signals to the program", async () => {
    const before = process.listenerCount("SIGINT");
    server = await startEmbeddedServer(10, background());
    expect(process.listenerCount("SIGINT")).toBe(before);
    expect(process.listenerCount("beforeExit")).toBe(0);
  });
});
