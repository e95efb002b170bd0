import type { FindEvent } from "../find-event.ts";
import { reasonOf } from "../reason-of.ts";
import type { Step } from "./live-event.ts";

/** What is told of an event. */
export function stepOf(event: FindEvent): Step {
  const { datacenter, at } = event;
  switch (event.type) {
    case "started":
      return { datacenter, at };
    case "answered":
      return { datacenter, at, found: event.found };
    case "failed":
    case "cancelled":
      return { datacenter, at, reason: reasonOf(event.reason) };
  }
}
