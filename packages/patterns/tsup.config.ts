import { library } from "@conc/presets/tsup";

export default library({
  subpaths: [
    "src/budget.ts",
    "src/err-group.ts",
    "src/hedged.ts",
    "src/map-concurrent.ts",
    "src/percentile.ts",
    "src/rate-limiter.ts",
    "src/redundant.ts",
    "src/scatter-gather.ts",
    "src/single-flight.ts",
    "src/worker-pool.ts",
    "src/pipeline/*.ts",
    "!src/pipeline/stage.ts",
  ],
});
