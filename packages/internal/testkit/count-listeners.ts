/** Counts the "abort" listeners that are added to `signal` from now on, and those that are taken off again. */
export function countListeners(signal: AbortSignal): { readonly now: number; readonly most: number } {
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const count = { now: 0, most: 0 };
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count.now++;
    count.most = Math.max(count.most, count.now);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count.now--;
    remove(...args);
  };
  return count;
}
