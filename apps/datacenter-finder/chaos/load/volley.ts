/** What came of the requests that were fired at the service. */
export interface Volley {
  readonly seconds: number;
  readonly sent: number;
  /** How many answers there were, by status. */
  readonly counts: ReadonlyMap<number, number>;
  /** Milliseconds from a request on an open connection to the end of its answer, the shortest first, by status. */
  readonly times: ReadonlyMap<number, readonly number[]>;
  /** Connections that broke, and requests that were not answered within ten seconds. */
  readonly errors: number;
  /** Sent in the last moment, and not waited for. */
  readonly cut: number;
  /** How late the event loop of who fired was, the 99th percentile in milliseconds: what it adds to the times above. */
  readonly ownLag: number;
}

/** The times of answers with that status. */
export function timesOf({ times }: Volley, status: number): readonly number[] {
  return times.get(status) ?? [];
}

/** How many answers there were a second with that status. */
export function rateOf({ counts, seconds }: Volley, status: number): number {
  return (counts.get(status) ?? 0) / seconds;
}

/** The shortest time that a share of them is within; NaN if there are none. */
export function percentile(times: readonly number[], share: number): number {
  return times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? Number.NaN;
}
