import { background, withCancel } from "@conc/context";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { ChannelDoor } from "../src/doors/channel-door.ts";
import { WeightedDoor } from "../src/doors/weighted-door.ts";

describe.each([
  { name: "the weighted door", make: (capacity: number) => new WeightedDoor(capacity) },
  { name: "the door made of a channel", make: (capacity: number) => new ChannelDoor(capacity) },
])("$name", ({ make }) => {
  it("lets in as many as there is room for, first come, first served", async () => {
    const door = make(3);
    const leave = await door.enter(2, background());
    const party = door.enter(2, background());
    const late = door.enter(1, background());
    expect(await stateOf(party)).toEqual({ status: "pending" });
    expect(await stateOf(late)).toEqual({ status: "pending" });
    leave();
    await party;
    await late;
    expect(door.settled).toBe(true);
  });

  it("refuses at once who could never come in, and blocks nobody", async () => {
    const door = make(2);
    await expect(door.enter(3, background())).rejects.toThrow(RangeError);
    await door.enter(2, background());
    expect(door.settled).toBe(true);
  });

  it("takes nothing for a party that gives up, half of which may have been in", async () => {
    const door = make(3);
    const leave = await door.enter(2, background());
    using ctx = withCancel(background());
    const party = door.enter(3, ctx);
    const behind = door.enter(1, background());
    expect(await stateOf(behind)).toEqual({ status: "pending" });
    ctx.cancel();
    await expect(party).rejects.toBe(ctx.err);
    await behind;
    leave();
    await door.enter(2, background());
    expect(await stateOf(door.enter(1, background()))).toEqual({ status: "pending" });
    expect(door.settled).toBe(true);
  });

  it("is not settled while somebody who was let in has not heard of it", async () => {
    const door = make(1);
    const leave = await door.enter(1, background());
    const next = door.enter(1, background());
    leave();
    expect(door.settled).toBe(false);
    await next;
    expect(door.settled).toBe(true);
  });
});
