import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { background } from "@conc/context";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { find } from "../../src/find.ts";
import { readFleet } from "../../src/fleet/fleet-file.ts";
import { serve } from "../support/server.ts";

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleet-"));
  file = join(folder, "fleet.json");
});
afterAll(() => rm(folder, { recursive: true }));

const env = { SBG_AUTHORIZATION: "Bearer hunter2", SPLIT: "hunter2\nhunter3" };

async function read(content: unknown) {
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return readFleet(file, env);
}

const url = "https://sbg.example.net/{resource}";

describe("readFleet", () => {
  it("takes a fleet with everything", async () => {
    const fleet = await read({
      datacenters: [
        { name: "SBG", url, weight: 3, timeout: "500ms" },
        { name: "GRA", url: "http://gra.example.net:8080/find?name={resource}", weight: 5, timeout: "1s" },
      ],
      hedgeDelay: "20ms",
      limit: 1,
      capacity: 5,
    });
    expect(fleet.options).toEqual({ hedgeDelay: 20, limit: 1, capacity: 5 });
    expect(fleet.datacenters).toMatchObject([
      { name: "SBG", url, weight: 3, timeout: 500 },
      { name: "GRA", weight: 5, timeout: 1000 },
    ]);
    expect(fleet.findersOf("hedged")).toBe(fleet.datacenters);
  });

  it("needs only a name and a URL", async () => {
    const fleet = await read({ datacenters: [{ name: "SBG", url }] });
    expect(fleet.options).toEqual({ hedgeDelay: 75, limit: 2, capacity: 30 });
    expect(fleet.datacenters).toMatchObject([{ name: "SBG", weight: 1, timeout: 2000 }]);
  });

  it("asks any HTTP endpoint: 200 is found, 404 is not", async () => {
    const mine = await serve(({ url }, response) => void response.writeHead(url === "/mine/a" ? 200 : 404).end());
    const fleet = await read({ datacenters: [{ name: "mine", url: `${mine.url}/mine/{resource}` }] });
    const ask = (resource: string) =>
      find(background(), resource, { strategy: "redundant", finders: fleet.findersOf("redundant"), timeout: 10_000 });
    expect(await ask("a")).toMatchObject({ found: true, datacenter: "mine" });
    expect(await ask("b")).toMatchObject({ found: false });
  });

  it("takes a credential from the environment, sends it, and says only where it is from", async () => {
    const seen: unknown[] = [];
    const mine = await serve(({ headers }, response) => {
      seen.push(headers.authorization);
      response.end();
    });
    const url = `${mine.url}/{resource}?key={resource}`;
    const fleet = await read({ datacenters: [{ name: "mine", url, authorization: "SBG_AUTHORIZATION" }] });
    await fleet.datacenters[0]?.find(background(), "a");
    expect(seen).toEqual(["Bearer hunter2"]);
    expect(fleet.description).toBe(`1 datacenter of ${file}: mine (authorized by SBG_AUTHORIZATION)`);
    expect(inspect(fleet, { depth: 5, showHidden: true }) + JSON.stringify(fleet)).not.toContain("hunter2");
  });

  const one = (more: object) => ({ datacenters: [{ name: "SBG", url, ...more }] });
  const noUrl = "expected an http or https URL with {resource} in its path or query, and no password or key";
  const noName = "expected the name of an environment variable that has the value of the Authorization header";
  const noTime = "expected a duration such as 500ms, 1.5s or 2m, from 1ms to 600s";
  it.each([
    ["{", "expected JSON: "],
    [[], "expected an object, got []"],
    [{}, "datacenters: expected a list, got nothing"],
    [{ datacenters: [] }, "datacenters: expected at least one, got []"],
    [one({ name: "" }), "datacenters[0].name: expected a name of 1 to 64 letters, digits, '.', '_' or '-', got \"\""],
    [one({ url: "sbg/{resource}" }), `datacenters[0].url: ${noUrl}, got "sbg/{resource}"`],
    [one({ url: "ftp://sbg/{resource}" }), `datacenters[0].url: ${noUrl}, got "ftp://sbg/{resource}"`],
    [one({ url: "http://sbg/" }), `datacenters[0].url: ${noUrl}, got "http://sbg/"`],
    [one({ url: "http://{resource}.net/" }), `datacenters[0].url: ${noUrl}, got "http://{resource}.net/"`],
    [one({ url: "http://x:{resource}/" }), `datacenters[0].url: ${noUrl}, got`],
    [one({ url: "http://sbg/#{resource}" }), `datacenters[0].url: ${noUrl}, got`],
    [
      one({ url: "http://sbg/{resource}?token=hunter2" }),
      `datacenters[0].url: ${noUrl}, got "http://sbg/{resource}?token=***"`,
    ],
    [one({ authorization: "Bearer hunter2" }), `datacenters[0].authorization: ${noName}, got something that is not`],
    [one({ authorization: 7 }), `datacenters[0].authorization: ${noName}, got something that is not repeated here`],
    [
      one({ authorization: "NO_SUCH_VARIABLE" }),
      "datacenters[0].authorization: expected NO_SUCH_VARIABLE to be set in the environment, got nothing",
    ],
    [
      one({ authorization: "SPLIT" }),
      "datacenters[0].authorization: expected SPLIT to have characters that a header may have, got others",
    ],
    [one({ weight: 0 }), "datacenters[0].weight: expected a whole number from 1 up, got 0"],
    [one({ weight: 31 }), "datacenters[0].weight: expected at most the capacity, 30, got 31"],
    [one({ timeout: 500 }), `datacenters[0].timeout: ${noTime}, got 500`],
    [one({ timeout: "11m" }), `datacenters[0].timeout: ${noTime}, got "11m"`],
    [one({ wait: 1 }), "datacenters[0]: expected only name, url, authorization, weight and timeout, got wait"],
    [{ ...one({}), delay: 1 }, "expected only datacenters, hedgeDelay, limit and capacity, got delay"],
    [
      {
        datacenters: [
          { name: "A", url },
          { name: "A", url },
        ],
      },
      "datacenters[1].name: expected a name that no other",
    ],
  ])("refuses %j", async (content, says) => {
    const refused = read(content);
    await expect(refused).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringContaining(`fleet ${file}: ${says}`) as string,
    });
    await expect(refused).rejects.not.toThrow("hunter");
  });

  it("does not repeat a password", async () => {
    const refused = read(one({ url: "http://me:hunter2@sbg/{resource}" }));
    await expect(refused).rejects.toThrow(noUrl);
    await expect(refused).rejects.not.toThrow("hunter2");
  });

  it("says when there is no such file", async () => {
    await expect(readFleet("/no/such/fleet.json")).rejects.toThrow("fleet /no/such/fleet.json: cannot be read: ENOENT");
  });
});
