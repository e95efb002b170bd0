/** How much the service takes on. Weights are those of the datacenters. */
export interface Limits {
  /** How much weight all finds together may have in progress. */
  readonly capacity: number;
  /** How much of it at one datacenter. */
  readonly perDatacenter: number;
  /** How many finds may wait for that. */
  readonly queue: number;
}

/** For the workshop's fleet: some forty finds at a time by the strategies that ask all at once, and as many in the queue. */
export const defaultLimits: Limits = { capacity: 2400, perDatacenter: 1200, queue: 40 };
