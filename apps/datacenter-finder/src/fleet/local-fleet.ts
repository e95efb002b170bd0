import { HttpFinder } from "../http-finder.ts";
import { defaults } from "../strategies/strategy.ts";
import { resourcesOf } from "./catalogue.ts";
import { Datacenter, type Journal } from "./datacenter.ts";
import type { Fleet } from "./fleet.ts";
import { asked, type DatacenterSpec, datacenters as workshop } from "./workshop.ts";

export interface LocalFleetOptions {
  /** Absent: the workshop's. */
  readonly datacenters?: readonly DatacenterSpec[];
  /** How long each may take to answer, in milliseconds. */
  readonly timeout?: number;
  /** Hears of each request at the datacenters' side. */
  readonly journal?: Journal | undefined;
}

/** Starts the workshop's datacenters, each as an HTTP server of its own on loopback. */
export async function startLocalFleet(options: LocalFleetOptions = {}): Promise<Fleet> {
  // Generous: none of the workshop's takes half a second.
  const { datacenters: specs = workshop, timeout = 2000, journal } = options;
  const servers = await Promise.all(
    specs.map((spec) => Datacenter.start({ ...spec, resources: resourcesOf(spec.name), journal })),
  );
  const finders = specs.map(
    ({ name, weight }, index) => new HttpFinder({ name, weight, timeout, url: (servers[index] as Datacenter).url }),
  );
  return {
    datacenters: finders,
    description: `${finders.length} datacenters on loopback: ${finders.map(({ name }) => name).join(", ")}`,
    options: defaults,
    findersOf: (strategy) => asked[strategy].flatMap((wanted) => finders.filter(({ name }) => name === wanted)),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
