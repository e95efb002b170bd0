interface AsyncHooks {
  readonly AsyncResource: new (type: string, options: { requireManualDestroy: boolean }) => { asyncId(): number };
}

interface NodeProcess {
  getBuiltinModule?: (id: string) => AsyncHooks | undefined;
}

let hooks: AsyncHooks | undefined;
let probes = 0;

/**
 * How many resources of its own Node has made, from an arbitrary start: requests, sockets, timers, whatever calls back later. Each has a
 * number, and this is the next one.
 *
 * `undefined` where nobody counts, and while promises are counted as well, which is so when an AsyncLocalStorage is on in Node 22 and
 * before.
 */
export function resourcesMade(): number | undefined {
  hooks ??= (globalThis as unknown as { process?: NodeProcess }).process?.getBuiltinModule?.("node:async_hooks");
  if (hooks === undefined) return undefined;
  const before = probe(hooks);
  void Promise.resolve().then(() => {});
  const after = probe(hooks);
  return after - before > 1 ? undefined : after - probes;
}

function probe({ AsyncResource }: AsyncHooks): number {
  probes++;
  return new AsyncResource("conc", { requireManualDestroy: true }).asyncId();
}
