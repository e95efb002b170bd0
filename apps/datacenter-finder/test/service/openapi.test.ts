import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { openApi } from "../../src/service/openapi.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

const document = openApi() as any;
const ajv = new Ajv2020({ strict: false }).addSchema(document, "service");
const find = "/v1/find/{resource}";

/** What the description says of an answer, as a check. */
function schemaOf(path: string, status: number, type: string) {
  const escaped = [path, "get", "responses", status, "content", type].map((key) =>
    encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  return ajv.compile({ $ref: `service#/paths/${escaped.join("/")}/schema` });
}

describe("/openapi.json", () => {
  it("is OpenAPI 3.1, and what the service gives out", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect([valid, errors]).toEqual([true, undefined]);
    const { get } = await startService([spec("SBG")]);
    expect((await get("/openapi.json")).body).toEqual(document);
  });

  it("describes the query as it is checked", () => {
    const parameters = Object.fromEntries(document.paths[find].get.parameters.map((one: any) => [one.name, one]));
    expect(Object.keys(parameters)).toEqual(["resource", "strategy", "timeout", "x-request-timeout", "x-request-id"]);
    expect(parameters.strategy.schema).toMatchObject({ default: "hedged" });
    expect(parameters.strategy.schema.enum).toContain("wsemaphore");
    expect(new RegExp(parameters.resource.schema.pattern).test("../healthz")).toBe(false);
    for (const name of ["timeout", "x-request-timeout"]) {
      expect(parameters[name].schema.type).toBe("string");
      expect(new RegExp(parameters[name].schema.pattern).test("1.5s")).toBe(true);
    }
  });

  const broken = { failure: "down" };
  it.each([
    [find, 200, "/v1/find/server-1?strategy=hedged", [spec("SBG"), spec("GRA")]],
    [find, 200, "/v1/find/nowhere?strategy=waitgroup", [spec("SBG"), spec("GRA", broken)]],
    [find, 400, "/v1/find/server-1?strategy=magic", [spec("SBG")]],
    [find, 502, "/v1/find/server-1?strategy=redundant", [spec("SBG", broken)]],
    [find, 504, "/v1/find/server-1?timeout=10ms", [spec("SBG", { delay: forever })]],
    ["/v1/datacenters", 200, "/v1/datacenters", [spec("SBG")]],
    ["/healthz", 200, "/healthz", [spec("SBG")]],
    ["/readyz", 200, "/readyz", [spec("SBG")]],
  ])("describes what %s answers with %d", async (path, expected, url, datacenters) => {
    const { get } = await startService(datacenters);
    const { status, type, body } = await get(url);
    expect(status).toBe(expected);
    const check = schemaOf(path, status, (type as string).replace(/;.*/, ""));
    expect([check(body), check.errors]).toEqual([true, null]);
    expect(check({ ...body, surprise: true })).toBe(false);
  });
});
