/**
 * Counts the "abort" listeners that are added to `signal` from now on and not taken off again. As the platform does: to add one twice, or
 * to take off one that is not there, changes nothing.
 */
export function countListeners(signal: AbortSignal): { readonly now: number; readonly most: number } {
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const listeners = new Set<unknown>();
  const count = { now: 0, most: 0 };
  const recount = (): void => {
    count.now = listeners.size;
    count.most = Math.max(count.most, count.now);
  };
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.add(args[1]);
    recount();
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.delete(args[1]);
    recount();
    remove(...args);
  };
  return count;
}
