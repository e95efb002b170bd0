import { describe, expect, it } from "vitest";
import { eventLine, logLine } from "../../src/cli/log-line.ts";

const at = new Date(2026, 0, 31, 9, 5, 7, 75);
const head = "2026/01/31 09:05:07.075";
// eslint-disable-next-line no-control-regex
const plain = (line: string) => line.replaceAll(/\u001b\[\d+m/g, "");

describe("the log", () => {
  it("speaks the workshop's words", () => {
    const say = (event: Parameters<typeof eventLine>[0]) => plain(eventLine(event, at));
    expect(say({ type: "started", datacenter: "BHS", at: 0 })).toBe(`${head} INFO starting find datacenter=BHS`);
    expect(say({ type: "answered", datacenter: "SBG", at: 0, found: true })).toBe(
      `${head} INFO got result datacenter=SBG found=true`,
    );
    expect(say({ type: "cancelled", datacenter: "GRA", at: 0, reason: new Error("another attempt has won") })).toBe(
      `${head} INFO deadline exceeded finder=GRA reason="another attempt has won"`,
    );
    expect(say({ type: "failed", datacenter: "DCError", at: 0, reason: new Error("something went wrong") })).toBe(
      `${head} ERROR find failed datacenter=DCError error="something went wrong"`,
    );
  });

  it("quotes what could be misread", () => {
    const line = plain(logLine("ERROR", "an error occurred", { error: 'a "b"\nc', empty: "", url: "http://a/b" }, at));
    expect(line).toBe(String.raw`${head} ERROR an error occurred error="a \"b\"\nc" empty="" url=http://a/b`);
  });
});
