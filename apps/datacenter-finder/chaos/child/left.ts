import { sleep } from "@conc/chan";
import type { Held } from "./held.ts";
import type { ServiceChild } from "./service-child.ts";

/** How long what has ended may take to be gone: idle connections are kept for some seconds for those who come next. */
const patience = 15_000;

/** What a process holds beyond what it held before, and nothing is left out: `waiting`, `timers`, and Node's own resources. */
export function beyond(now: Held, before: Held): Record<string, number> {
  const left: Record<string, number> = {};
  const note = (name: string, count: number) => {
    if (count > 0) left[name] = count;
  };
  note("waiting calls", now.waiting - before.waiting);
  note("timers", now.timers - before.timers);
  for (const [name, count] of Object.entries(now.resources)) note(name, count - (before.resources[name] ?? 0));
  return left;
}

/** Waits until the service holds no more than before; gives what it still holds when there is no point in waiting any longer. */
export async function left(service: ServiceChild, before: Held): Promise<Record<string, number>> {
  return gone(async () => beyond(await service.held(), before));
}

/** Looks again and again until nothing is counted any more; gives what is counted in the end. */
export async function gone(
  count: () => Record<string, number> | Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const end = performance.now() + patience;
  for (;;) {
    const counts = await count();
    if (Object.keys(counts).length === 0 || performance.now() > end) return counts;
    await sleep(50);
  }
}
