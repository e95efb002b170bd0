import type { Finding } from "./finding.ts";

/** How a run is to be made. */
export interface Setting {
  /** For CI: the same parts, each of some seconds. */
  readonly short: boolean;
  readonly seed: number;
  /** Tells the user what goes on. */
  readonly say: (line: string) => void;
}

/** One part of the run. */
export interface Part {
  readonly title: string;
  readonly run: (setting: Setting) => Promise<Finding>;
}
