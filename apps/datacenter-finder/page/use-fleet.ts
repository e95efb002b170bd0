import { useEffect, useState } from "preact/hooks";
import type { StrategyName } from "../src/strategies.ts";
import type { StrategyOptions } from "../src/strategies/strategy.ts";

/** What the service has, as `GET /v1/datacenters` tells. */
export interface Fleet {
  readonly datacenters: readonly { readonly name: string; readonly weight: number }[];
  readonly strategies: readonly {
    readonly name: StrategyName;
    readonly summary: string;
    readonly datacenters: readonly string[];
  }[];
  readonly options: StrategyOptions;
}

export type FleetState = { readonly fleet?: Fleet; readonly problem?: string };

/** Asks the service once what it has. */
export function useFleet(): FleetState {
  const [state, setState] = useState<FleetState>({});
  useEffect(() => {
    const leaving = new AbortController();
    readFleet(leaving.signal).then(
      (fleet) => setState({ fleet }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setState({ problem: `The service cannot be reached: ${error}` });
      },
    );
    return () => leaving.abort();
  }, []);
  return state;
}

async function readFleet(signal: AbortSignal): Promise<Fleet> {
  const response = await fetch("/v1/datacenters", { signal });
  if (!response.ok) throw new Error(`expected status 200, got ${response.status}`);
  return (await response.json()) as Fleet;
}
