import { longestTimeout } from "./find-query.ts";

/** How slow and how large a client may be. Times are in milliseconds, sizes in bytes. */
export interface ClientLimits {
  /** How long the headers of a request may take to arrive. */
  readonly headersTimeout: number;
  /** How long a whole request may. */
  readonly requestTimeout: number;
  /** How long a connection may be kept without a request. */
  readonly keepAliveTimeout: number;
  /** How long a connection may stand still that has one: also of a client that does not read. */
  readonly idleTimeout: number;
  /** How often those are looked at. */
  readonly checkInterval: number;
  /** How large the headers of a request may be, together. */
  readonly maxHeaderSize: number;
  /** How much of a stream of events may wait for its reader. */
  readonly maxUnread: number;
}

/** A find may have nothing to say for as long as it takes. */
export const defaultClientLimits: ClientLimits = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  idleTimeout: longestTimeout + 15_000,
  checkInterval: 1000,
  maxHeaderSize: 8192,
  maxUnread: 262_144,
};
