/*
 * Datacenters in the handler's own process that answer at once, all with yes: those that the workshop has for each strategy, with its weights.
 */
const weights = { SBG: 10, GRA: 20, BHS: 30, RBX: 10, WAW: 10 };
const three = ["SBG", "GRA", "BHS"];

const asked = {
  sequential: three,
  waitgroup: three,
  scattergather: three,
  redundant: three,
  errgroup: three,
  hedged: three,
  semaphore: Object.keys(weights),
  wsemaphore: Object.keys(weights),
};

export const strategyNames = Object.keys(asked);

export const options = { hedgeDelay: 75, limit: 2, capacity: 30 };

/** Each is asked under a context or a signal, as who asks has it; it has nothing to stop. */
export function datacentersOf(strategy) {
  return asked[strategy].map((name) => ({ name, weight: weights[name], find: async (_cancel, _resource) => true }));
}
