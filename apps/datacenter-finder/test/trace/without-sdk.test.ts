import { propagation, trace } from "@opentelemetry/api";
import { describe, expect, it, vi } from "vitest";
import { Tracing } from "../../src/trace/tracing.ts";
import { spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

describe("without an SDK of OpenTelemetry", () => {
  it("a find makes no span, reads and writes no traceparent, and logs no trace", async () => {
    const touched = [vi.spyOn(propagation, "extract"), vi.spyOn(propagation, "inject"), vi.spyOn(trace, "setSpan")];
    const { get, log } = await startService([spec("SBG"), spec("GRA")]);
    expect((await get("/v1/find/server-1?strategy=waitgroup")).status).toBe(200);
    for (const spy of touched) expect(spy).not.toHaveBeenCalled();
    expect(log).toMatchObject([{ msg: "find" }]);
    expect(log[0]).not.toHaveProperty("trace");
    expect(new Tracing().find("r-1", { resource: "x", strategy: "hedged" }, {})).toBeUndefined();
  });
});
