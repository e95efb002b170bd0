import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/service/logger.ts";

describe("createLogger", () => {
  it("leaves out what a header keeps secret, wherever somebody has logged it", () => {
    let text = "";
    const to = new Writable({
      write: (line, _, done) => {
        text += line;
        done();
      },
    });
    const logger = createLogger("info", to);
    const headers = { authorization: "hunter2", cookie: "hunter2", "set-cookie": "hunter2", accept: "*/*" };
    logger.info({ ...headers, headers, request: { headers } }, "asked");
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({
      msg: "asked",
      request: { headers: { authorization: "***", accept: "*/*" } },
    });
  });

  it("tells nothing below its level", () => {
    let lines = 0;
    const to = new Writable({
      write: (_, __, done) => {
        lines++;
        done();
      },
    });
    const logger = createLogger("warn", to);
    logger.info("quiet");
    logger.warn("loud");
    expect(lines).toBe(1);
  });
});
