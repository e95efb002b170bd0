/**
 * The controller of a context's signal. Contexts are there to be shared: the eleventh listener is no leak, as Node 20 would warn. (Later
 * versions have no limit for signals.)
 */
export function makeController(): AbortController {
  const controller = new AbortController();
  globalThis.process?.getBuiltinModule?.("node:events")?.setMaxListeners(0, controller.signal);
  return controller;
}
