import { isAbsolute, resolve } from "node:path";
import type { Journal } from "./datacenter.ts";
import type { Fleet } from "./fleet.ts";
import { readFleet } from "./fleet-file.ts";
import { startLocalFleet } from "./local-fleet.ts";

/** The user's own fleet, if a file is named, else ours, which tells `journal` of each request. A relative name is meant from where the user stands. */
export async function openFleet(file: string | undefined, journal?: Journal): Promise<Fleet> {
  if (file === undefined) return startLocalFleet({ journal });
  // The first fetch of a process loads the HTTP client, which can take longer than a hedge waits.
  await fetch("data:,");
  // A package's script runs in the package's folder; where it was called from stands in INIT_CWD.
  return readFleet(isAbsolute(file) ? file : resolve(process.env.INIT_CWD ?? ".", file));
}
