import { describe, expect, it } from "vitest";
import { pushbackOf } from "../src/pushback.ts";
import { useWorld } from "./world.ts";

// On the fake clock it is noon of 1 January 2030, UTC.
useWorld();

describe("pushbackOf", () => {
  it.each<[string, unknown, number | undefined]>([
    ["a number of milliseconds on the error", Object.assign(new Error("busy"), { retryAfter: 250 }), 250],
    ["a header of the error, in seconds", { headers: new Headers({ "Retry-After": "2" }) }, 2000],
    ["a header of its response", { response: new Response(null, { headers: { "retry-after": "1" } }) }, 1000],
    ["plain header objects, as Node has them", { response: { headers: { "retry-after": "3" } } }, 3000],
    ["a date", { headers: new Headers({ "retry-after": "Tue, 01 Jan 2030 12:00:05 GMT" }) }, 5000],
    ["a date that has passed", { headers: new Headers({ "retry-after": "Tue, 01 Jan 2030 11:00:00 GMT" }) }, 0],
    ["something unreadable asks for no more attempts", { headers: new Headers({ "retry-after": "soon" }) }, -1],
    ["an error without it", new Error("down"), undefined],
    ["a response without it", { response: new Response() }, undefined],
    ["no error object at all", undefined, undefined],
    ["a string", "busy", undefined],
  ])("%s", (_, error, expected) => {
    expect(pushbackOf(error)).toBe(expected);
  });
});
