/* The built package, in processes of its own and as two copies in one. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";

// Each test starts a process.
vi.setConfig({ testTimeout: 30_000 });

const run = promisify(execFile);
const esm = new URL("../dist/index.js", import.meta.url).href;

/** What a program prints until it ends by itself; fails if it does not. It has the package as `chan`. */
async function output(program: string): Promise<string> {
  const source = `
    const before = new Set(Reflect.ownKeys(globalThis));
    const chan = await import(${JSON.stringify(esm)});
    ${program}`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", source], { timeout: 20_000 });
  return stdout;
}

describe("a process ends", () => {
  it("although there are timers and tickers of an hour that nobody waits on", async () => {
    const program = `
      const hour = 3_600_000;
      globalThis.held = [chan.tick(hour), chan.after(hour), new chan.Timer(hour), new chan.Ticker(1), new chan.Ticker(hour)];
      console.log("end");
    `;
    expect(await output(program)).toBe("end\n");
  });

  it("when the last one who waited on a timer was served elsewhere or cancelled", async () => {
    const program = `
      const { after, Chan, recv, select } = chan;
      const ch = new Chan();
      const chosen = select([recv(ch, (r) => r.value), recv(after(3_600_000))]);
      ch.trySend("served");
      console.log(await chosen);
      const controller = new AbortController();
      const waiting = after(3_600_000).recv(controller.signal);
      controller.abort("cancelled");
      await waiting.catch((reason) => console.log(reason));
    `;
    expect(await output(program)).toBe("served\ncancelled\n");
  });

  it("not before a sleep, an afterFunc and a wait on a timer are over", async () => {
    const program = `
      chan.Timer.afterFunc(30, () => console.log("called"));
      chan.after(20).recv().then(() => console.log("received"));
      chan.sleep(10).then(() => console.log("slept"));
    `;
    // In whichever order: a busy machine may find several due at once.
    expect((await output(program)).split("\n").toSorted()).toEqual(["", "called", "received", "slept"]);
  });
});

describe("loading the package", () => {
  it("adds the runtime record to globalThis, and nothing else", async () => {
    const program = `
      console.log(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String).join());
    `;
    expect(await output(program)).toBe("Symbol(@conc/runtime)\n");
  });

  it("as ES module and as CommonJS gives two copies that work together", async () => {
    const a = (await import(esm)) as typeof import("../src/index.ts");
    const b = createRequire(import.meta.url)("../dist/index.cjs") as typeof a;
    expect(a.Chan).not.toBe(b.Chan);
    const ofA = new a.Chan<number>();
    const ofB = new b.Chan<number>();
    const waiting = a.select([b.recv(ofB, (r) => r.value), a.recv(ofA)]);
    expect(await b.select([a.send(ofB, 1, () => "sent"), b.recv(ofA)])).toBe("sent");
    expect(await waiting).toBe(1);
    expect([String(ofA), String(ofB)]).toEqual(new Array(2).fill("Chan(0 of 0 buffered)"));
    expect(b.trySelect([a.recv(a.never), a.recv(null)], () => "none")).toBe("none");
    const controller = new AbortController();
    const both = [ofA.recv(controller.signal), ofB.recv(controller.signal)];
    controller.abort("both");
    for (const one of both) await expect(one).rejects.toBe("both");
    await expect(b.select([b.recv(b.after(1), () => "timeout"), a.recv(ofA)])).resolves.toBe("timeout");
  });
});
