import { Writable } from "node:stream";
import pino from "pino";
import { onTestFinished } from "vitest";
import type { Fleet } from "../../src/fleet/fleet.ts";
import type { DatacenterSpec } from "../../src/fleet/workshop.ts";
import { defaultLimits, type Limits } from "../../src/service/limits.ts";
import { Service, type ServiceOptions } from "../../src/service/service.ts";
import type { StrategyOptions } from "../../src/strategies/strategy.ts";
import { startFleet, type TestFleet } from "./fleet.ts";

export interface RunningService {
  readonly service: Service;
  /** Asks the service. */
  readonly get: (path: string, init?: RequestInit) => Promise<{ status: number; type: string | null; body: any }>;
  readonly url: string;
  /** What was logged. */
  readonly log: readonly Record<string, unknown>[];
}

export type TestService = RunningService & TestFleet;

/** The service over real datacenters on loopback, for one test. */
export async function startService(
  datacenters: readonly DatacenterSpec[],
  options?: Partial<StrategyOptions>,
  limits?: Partial<Limits>,
): Promise<TestService> {
  const fleet = await startFleet(datacenters, options);
  return { ...fleet, ...(await serviceOf(fleet.fleet, { limits: { ...defaultLimits, ...limits } })) };
}

/** The service over any fleet, for one test. */
export async function serviceOf(fleet: Fleet, options: Partial<ServiceOptions> = {}): Promise<RunningService> {
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write: (line: Buffer, _, done) => {
      log.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  const service = await Service.start({ fleet, logger: pino(lines), host: "127.0.0.1", port: 0, ...options });
  onTestFinished(() => service.close(0));
  const url = `http://127.0.0.1:${service.port}`;
  const get: RunningService["get"] = async (path, init) => {
    const response = await fetch(url + path, init);
    return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
  };
  return { service, get, url, log };
}
