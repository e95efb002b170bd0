import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AdaptiveLimit } from "../../src/service/adaptive-limit.ts";
import { Door } from "../../src/service/door.ts";
import { Metrics } from "../../src/service/metrics.ts";
import type { StrategyName } from "../../src/strategies.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A door before finds that have room or not, as the test says. */
function doorOf({ initial = 100 } = {}) {
  const limit = new AdaptiveLimit({ least: 1, most: 1000, initial, tooLate: 20 });
  const asked: [strategy: StrategyName, resource: string, shared: boolean][] = [];
  const turnedAway: StrategyName[] = [];
  const state = { room: true };
  const door = new Door({
    limit,
    finds: {
      hasRoom: (...what) => {
        asked.push(what);
        return state.room;
      },
    },
    turnedAway: { answer: (_request, _response, strategy) => void turnedAway.push(strategy) },
    metrics: new Metrics(),
  });
  /** Somebody comes; gives how to leave if let in. */
  const come = (url: string) => {
    const response = new EventEmitter();
    const isIn = door.admit({ url } as IncomingMessage, response as unknown as ServerResponse);
    return isIn ? () => void response.emit("close") : undefined;
  };
  return { come, state, asked, turnedAway, limit };
}

describe("Door", () => {
  it("asks for room by the strategy and the resource, and whether the find can be shared", () => {
    const { come, asked } = doorOf();
    come("/v1/find/server-1");
    come("/v1/find/server-2?timeout=1s&strategy=redundant");
    come("/v1/find/server-3/events?strategy=semaphore");
    come("/v1/find/server-4?strategy=magic");
    expect(asked).toEqual([
      ["hedged", "server-1", true],
      ["redundant", "server-2", true],
      ["semaphore", "server-3", false],
      ["hedged", "server-4", true],
    ]);
  });

  it("lets in everything that is no find, whatever there is to do", () => {
    const { come, state, turnedAway } = doorOf({ initial: 1 });
    come("/v1/find/server-1");
    state.room = false;
    for (const url of ["/", "/healthz", "/metrics", "/v1/datacenters", "/v1/find", "/v1/find/a/b"]) {
      expect(come(url)).toBeDefined();
    }
    expect(turnedAway).toEqual([]);
  });

  it("turns away who comes beyond the limit, until somebody leaves", () => {
    const { come, turnedAway } = doorOf({ initial: 2 });
    const leave = come("/v1/find/server-1");
    come("/v1/find/server-2");
    expect(come("/v1/find/server-3?strategy=sequential")).toBeUndefined();
    expect(turnedAway).toEqual(["sequential"]);
    leave?.();
    expect(come("/v1/find/server-4")).toBeDefined();
  });

  it("lets twenty a second in whom the finds will refuse, so that those can tell of it, and turns away the others", () => {
    const { come, state, turnedAway } = doorOf();
    state.room = false;
    const insiders = () => Array.from({ length: 30 }, (_, i) => come(`/v1/find/server-${i}`)).filter(Boolean).length;
    expect(insiders()).toBe(20);
    expect(turnedAway).toHaveLength(10);
    vi.advanceTimersByTime(999);
    expect(insiders()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(insiders()).toBe(20);
  });

  it("lets the limit fall while the event loop is late, and rise when it is not and somebody was turned away", () => {
    const { come, limit } = doorOf({ initial: 10 });
    for (let i = 0; i < 10; i++) come(`/v1/find/server-${i}`);
    // The loop stood still: a timer of 20 ms fires 100 ms late.
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValueOnce(now + 120);
    vi.advanceTimersByTime(20);
    expect(limit.limit).toBe(9);
    vi.advanceTimersByTime(200);
    expect(limit.limit).toBe(9);
  });

  it("does not look at the event loop while nobody is in", () => {
    const { come } = doorOf();
    const leave = [come("/v1/find/server-1"), come("/v1/find/server-2")];
    expect(vi.getTimerCount()).toBe(1);
    for (const one of leave) one?.();
    expect(vi.getTimerCount()).toBe(0);
  });
});
