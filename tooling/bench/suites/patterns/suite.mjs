import { atMost, fasterThan } from "../../src/targets.mjs";
import { flights, groups, hedges, mapping, pools, redundants } from "./programs.mjs";

const scenarios = [
  {
    name: "map",
    about: "100,000 trivial tasks, 16 at a time",
    unit: "ns per task",
    count: 100_000,
    // Some take longer the more there are: all do all of them.
    fixed: true,
    warmUps: 3,
    rounds: 7,
    candidates: ({ count }) => mapping(count),
    targets: [fasterThan(1, "p-map"), fasterThan(1, "p-queue"), atMost(1.5, "a loop of workers by hand")],
  },
  {
    name: "pool",
    about: "20,000 trivial tasks for a pool of 16 workers",
    unit: "ns per task",
    count: 20_000,
    fixed: true,
    warmUps: 4,
    rounds: 9,
    candidates: ({ count }) => pools(count),
  },
  {
    name: "group",
    about: "groups of 1,000 trivial tasks",
    unit: "ns per task",
    count: 100_000,
    grain: 1_000,
    candidates: groups,
    targets: [atMost(1.3, "Promise.all")],
  },
  {
    name: "redundant",
    about: "two targets are asked at once, the first answers",
    unit: "ns each",
    count: 5_000,
    candidates: redundants,
    targets: [atMost(1.2, "Promise.any and AbortControllers")],
  },
  {
    name: "hedged",
    about: "the first target answers before its hedge is due",
    unit: "ns each",
    count: 5_000,
    candidates: hedges,
    targets: [atMost(1.2, "Promise.any and AbortControllers")],
  },
  {
    name: "flight",
    about: "ten callers share each run",
    unit: "ns per caller",
    count: 50_000,
    grain: 10,
    candidates: flights,
  },
];

export const suite = {
  title: "@conc/patterns",
  packages: ["@conc/patterns"],
  peers: ["p-map", "p-limit", "p-queue", "es-toolkit", "effect", "cockatiel"],
  scenarios,
};
