import catalogue from "./catalogue.json" with { type: "json" };

/** What each datacenter has: the catalogue lists, for each resource, where it lives. */
export function resourcesOf(datacenter: string): ReadonlySet<string> {
  const here = Object.entries(catalogue).filter(([, datacenters]) => datacenters.includes(datacenter));
  return new Set(here.map(([resource]) => resource));
}
