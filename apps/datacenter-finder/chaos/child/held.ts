/** What a process holds on to. */
export interface Held {
  /** Calls that wait in a primitive of ours. */
  readonly waiting: number;
  /** Timers of ours. */
  readonly timers: number;
  /** What keeps the process alive, by what Node calls it: sockets, servers, timers. */
  readonly resources: Readonly<Record<string, number>>;
}

/** What can be asked of the process that is watched. */
export type Question = { readonly id: number } & (
  | { readonly ask: "held" | "heap" | "usage" }
  | { readonly ask: "snapshot"; readonly file: string }
);

export type Answer = Held | { heapUsed: number } | { cpu: number; rss: number } | { file: string };
