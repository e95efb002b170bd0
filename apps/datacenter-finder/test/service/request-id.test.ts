import { describe, expect, it } from "vitest";
import { Chan } from "@conc/chan";
import { readFleet } from "../../src/fleet/fleet-file.ts";
import { spec } from "../support/fleet.ts";
import { serve } from "../support/server.ts";
import { fleetFile } from "../support/start-child.ts";
import { serviceOf, startService } from "../support/start-service.ts";

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe("X-Request-Id", () => {
  it("is answered, and stands in the find's line of the log", async () => {
    const { url, log } = await startService([spec("SBG")]);
    const response = await fetch(`${url}/v1/find/server-1`, { headers: { "x-request-id": "req_7/a.b:c" } });
    await response.json();
    expect(response.headers.get("x-request-id")).toBe("req_7/a.b:c");
    expect(log).toMatchObject([{ msg: "find", request: "req_7/a.b:c" }]);
  });

  it.each([
    ["there is none", undefined],
    ["it would break a line of the log", 'a" level=50'],
    ["it is too long", "x".repeat(129)],
    ["it is empty", ""],
  ])("is made up when %s", async (_, given) => {
    const { url, log } = await startService([spec("SBG")]);
    const headers: Record<string, string> = given === undefined ? {} : { "x-request-id": given };
    const response = await fetch(`${url}/v1/find/server-1`, { headers });
    await response.json();
    const id = response.headers.get("x-request-id");
    expect(id).toMatch(uuid);
    expect(log).toMatchObject([{ request: id }]);
  });

  it("is answered with a refusal too", async () => {
    const { url } = await startService([spec("SBG")]);
    for (const path of ["/v1/find/server-1?strategy=magic", "/nowhere", "/"]) {
      const response = await fetch(url + path, { headers: { "x-request-id": "r-1" } });
      await response.body?.cancel();
      expect(response.headers.get("x-request-id")).toBe("r-1");
    }
  });

  it("goes to the datacenters: that of who began, for all who share; the log says whose that was", async () => {
    const asked = new Chan<{ id: unknown; answer: () => void }>(10);
    const { url: upstream } = await serve(({ headers }, response) => {
      asked.trySend({ id: headers["x-request-id"], answer: () => void response.end() });
    });
    const { get, log } = await serviceOf(await readFleet(await fleetFile(upstream)));
    const ask = (id: string) => get("/v1/find/server-1", { headers: { "x-request-id": id } });
    const first = ask("first");
    const { value } = await asked.recv();
    expect(value?.id).toBe("first");
    const second = ask("second");
    // It has joined when its request has been read, which a later one on the same service shows.
    await get("/healthz");
    value?.answer();
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200]);
    expect(asked.length).toBe(0);
    const lines = log.map(({ request, askedAs, shared }) => ({ request, askedAs, shared }));
    expect(lines).toContainEqual({ request: "first", askedAs: undefined, shared: true });
    expect(lines).toContainEqual({ request: "second", askedAs: "first", shared: true });
  });
});
