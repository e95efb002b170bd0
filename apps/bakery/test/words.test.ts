import { describe, expect, it } from "vitest";
import { minutes, summaryLines, timeOfDay, wordsOf } from "../src/words.ts";
import { of, watchDay } from "./support/watch-day.ts";

describe("the words", () => {
  it("have the time of a day that begins at seven", () => {
    expect(timeOfDay(0)).toBe("07:00:00");
    expect(timeOfDay(3_723_999)).toBe("08:02:03");
  });

  it("have durations in minutes and seconds", () => {
    expect(minutes(0)).toBe("0:00");
    expect(minutes(59_500)).toBe("1:00");
    expect(minutes(754_000)).toBe("12:34");
  });

  it("tell the President's visit", async () => {
    const events = await watchDay();
    const visit = events
      .filter((event) => "who" in event && event.who === "President")
      .flatMap((event) => wordsOf(event) ?? []);
    expect(visit).toEqual([
      "the President comes, with two bodyguards: three places, please",
      expect.stringMatching(/^the President enters after \d:\d\d, 5 inside, \d+ in the queue$/),
      expect.stringMatching(/^the President leaves with 3, \d inside$/),
    ]);
  });

  it("tell that the President was refused, and why", async () => {
    const [refused] = of(await watchDay({ capacity: 1 }), "refuse");
    expect(refused && wordsOf(refused)).toBe("the President is refused: a party of 3 does not fit into a shop for 1");
  });

  it("sum up a day that was over the limit, and one on which nobody came", () => {
    const nobody = {
      highest: 9,
      capacity: 5,
      sold: 0,
      left: 3,
      customers: 0,
      served: 0,
      president: "absent" as const,
      longestWait: null,
      overtaken: 2,
    };
    expect(summaryLines(nobody).map(([, text]) => text)).toEqual([
      "9 of 5: over the limit",
      "0 sold, each once; 3 left",
      "0 of 0",
      "did not come",
      "nobody came",
      "2 times",
    ]);
  });
});
