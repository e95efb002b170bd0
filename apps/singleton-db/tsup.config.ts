import { library } from "@conc/presets/tsup";

export default library({
  entry: ["src/index.ts", "src/main.ts"],
  format: ["esm"],
  platform: "node",
  dts: { entry: "src/index.ts", compilerOptions: { ignoreDeprecations: "6.0" } },
});
