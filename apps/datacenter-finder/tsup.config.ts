import { program } from "@conc/presets/tsup";

export default program({
  entry: {
    index: "src/index.ts",
    main: "src/main.ts",
    "chaos/main": "chaos/main.ts",
    "chaos/probe": "chaos/child/probe.ts",
    "chaos/datacenters": "chaos/load/datacenters.ts",
    "chaos/mortal": "chaos/faults/mortal.ts",
  },
  // For chaos only, and so no dependency of the app.
  external: ["autocannon"],
});
