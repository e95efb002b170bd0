import { describe, expect, it } from "vitest";
import { Datacenter } from "../../src/fleet/datacenter.ts";
import { forever, spec, startFleet } from "../support/fleet.ts";

const ask = ({ url }: { url: string }, resource: string, init?: RequestInit) =>
  fetch(url.replace("{resource}", resource), init);

describe("Datacenter", () => {
  it("says what it has and what it has not", async () => {
    const { fleet, journal } = await startFleet([spec("SBG")]);
    const sbg = fleet.datacenters[0] as { url: string };
    const [found, missing] = [await ask(sbg, "server-1"), await ask(sbg, "server-2")];
    expect([found.status, await found.json()]).toEqual([200, { datacenter: "SBG", resource: "server-1", found: true }]);
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { datacenter: "SBG", resource: "server-2", found: false },
    ]);
    expect(await journal.recvMany(4)).toEqual([
      { datacenter: "SBG", resource: "server-1", what: "received" },
      { datacenter: "SBG", resource: "server-1", what: "found" },
      { datacenter: "SBG", resource: "server-2", what: "received" },
      { datacenter: "SBG", resource: "server-2", what: "not found" },
    ]);
  });

  it("fails with its failure, even for what it has", async () => {
    const { fleet } = await startFleet([spec("DCError", { failure: "something went wrong" })]);
    const response = await ask(fleet.datacenters[0] as { url: string }, "server-1");
    expect([response.status, await response.json()]).toEqual([
      500,
      { datacenter: "DCError", error: "something went wrong" },
    ]);
  });

  it("stops working when whoever asked has gone", async () => {
    const { fleet, noted } = await startFleet([spec("SBG", { delay: forever })]);
    const client = new AbortController();
    const asking = ask(fleet.datacenters[0] as { url: string }, "server-1", { signal: client.signal });
    await noted("received", "SBG");
    client.abort();
    await expect(asking).rejects.toThrow("aborted");
    await noted("aborted", "SBG");
  });

  it("ends what it works on when it is closed, and answers no more", async () => {
    const entries: string[] = [];
    let received = () => {};
    const datacenter = await Datacenter.start({
      ...spec("SBG", { delay: forever }),
      resources: new Set(),
      journal: ({ what }) => {
        entries.push(what);
        received();
      },
    });
    const asking = ask(datacenter, "server-1");
    await new Promise<void>((resolve) => (received = resolve));
    await Promise.all([datacenter.close(), expect(asking).rejects.toThrow("fetch failed")]);
    expect(entries).toEqual(["received", "aborted"]);
    await expect(ask(datacenter, "server-1")).rejects.toThrow("fetch failed");
  });
});
