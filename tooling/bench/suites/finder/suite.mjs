import { atMost, below } from "../../src/targets.mjs";
import { strategyNames } from "./datacenters.mjs";
import { firstByte, scripts } from "./page.mjs";
import { served } from "./served.mjs";

export const suite = {
  title: "datacenter-finder",
  packages: ["datacenter-finder"],
  peers: [],
  scenarios: [
    ...strategyNames.map((name) => ({
      name,
      about: `finds by ${name} over HTTP, datacenters in the process that answer at once; what a request costs the server`,
      unit: "ns per request",
      // In the few that 15 ms leave, most of what is measured is the engine that compiles.
      count: 2_000,
      fixed: true,
      rounds: 15,
      processes: 4,
      candidates: () => served(name),
      // 0.95 times the requests a second.
      targets: [atMost(1.05, "by hand")],
    })),
    {
      name: "page: first byte",
      about: "GET / of the service as it is built, on a new connection each time",
      unit: "ms",
      candidates: () => [{ name: "the page", role: "ours", sample: firstByte() }],
      targets: [below(50)],
    },
    {
      name: "page: JavaScript",
      about: "what the page loads, compressed by gzip",
      unit: "kB",
      rounds: 1,
      processes: 1,
      candidates: () => [{ name: "the page", role: "ours", sample: scripts }],
      targets: [below(150)],
    },
  ],
};
