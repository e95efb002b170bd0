// `pnpm test`; arguments go to turbo: `pnpm test --filter @conc/chan`.
import { test } from "./tests.mjs";

process.exitCode = test("test", process.argv.slice(2));
