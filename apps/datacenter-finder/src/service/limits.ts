/** How much the service takes on. Weights are those of the datacenters. */
export interface Limits {
  /** How much weight all finds together may have in progress. */
  readonly capacity: number;
  /** How much of it at one datacenter. */
  readonly perDatacenter: number;
  /** How many finds may wait for that. */
  readonly queue: number;
  /** How many hedges each find pays for, from 0 to 1. */
  readonly hedgeRatio: number;
  /** How many hedges may be saved up. */
  readonly hedgeBurst: number;
}

/**
 * For the workshop's fleet: some forty finds at a time by the strategies that ask all at once, and a quarter of that in the queue, so that waiting takes
 * a quarter of the time of a find at most. Its first datacenter is always late, so that every find is hedged once.
 */
export const defaultLimits: Limits = { capacity: 2400, perDatacenter: 1200, queue: 10, hedgeRatio: 1, hedgeBurst: 100 };
