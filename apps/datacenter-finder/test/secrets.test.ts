import { describe, expect, it } from "vitest";
import { hasCredential, masked, without } from "../src/secrets.ts";

describe("hasCredential", () => {
  it.each([
    ["https://sbg/{resource}", false],
    ["https://sbg/?key={resource}", false],
    ["https://sbg/?name=token", false],
    ["https://me:hunter2@sbg/", true],
    ["https://me@sbg/", true],
    ["https://sbg/?API-Key=hunter2", true],
    ["https://sbg/?a=1&access_token=hunter2", true],
  ])("of %s is %s", (url, expected) => {
    expect(hasCredential(new URL(url))).toBe(expected);
  });
});

describe("masked", () => {
  it("hides passwords and keys of URLs, and nothing else", () => {
    const text = "GET https://me:hunter2@sbg/a?x=1&key=hunter2&y=2 and http://gra/?token=hunter2#z";
    expect(masked(text)).toBe("GET https://***@sbg/a?x=1&key=***&y=2 and http://gra/?token=***#z");
  });
});

describe("without", () => {
  it("leaves the secrets out, wherever they stand", () => {
    expect(without(["Bearer abc", "abc"], "abc, Bearer abc; abcd")).toBe("***, ***; ***d");
  });
});
