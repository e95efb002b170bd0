/*
 * An import may only point down: apps -> patterns -> { sync, context }, context -> chan, sync and chan -> internal; testing and inspect stand
 * beside them, on internal alone. No import goes in a circle. Packages see each other through their entries, never through their files.
 */

const layers = {
  internal: [],
  chan: ["internal"],
  sync: ["internal"],
  context: ["chan", "internal"],
  patterns: ["chan", "context", "sync", "internal"],
  testing: ["internal"],
  inspect: ["internal"],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      severity: "error",
      comment: "a circle that only types make is gone when it runs",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    ...Object.entries(layers).map(([name, below]) => ({
      name: `arrows-of-${name}`,
      comment: `${name} may import ${below.length === 0 ? "nothing" : below.join(", ")}`,
      severity: "error",
      from: { path: `^packages/${name}/src/` },
      to: { path: "^(packages|apps|tooling)/", pathNot: `^packages/(${[name, ...below].join("|")})/` },
    })),
    {
      name: "nothing-but-apps-imports-patterns",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "^packages/patterns/" },
      to: { path: "^packages/patterns/" },
    },
    {
      name: "nothing-imports-apps",
      comment: "but the bench, which measures one",
      severity: "error",
      from: { pathNot: "^(apps|tooling/bench/suites)/" },
      to: { path: "^apps/" },
    },
    {
      name: "only-through-the-entry",
      comment: "what an exports map does not list is closed",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: { path: "^packages/[^/]+/(src|dist)/", pathNot: ["^packages/$2/", "^packages/[^/]+/(src|dist)/index\\."] },
    },
    {
      name: "libraries-run-everywhere",
      comment: "the packages run in browsers too, and need nothing but each other; testing has an entry for vitest",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "^packages/testing/src/vitest\\.ts$" },
      to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"] },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "/dist/"] },
    exclude: { path: ["/\\.vitepress/cache/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".mts", ".mjs", ".js", ".d.ts", ".json"],
    },
  },
};
