import { program } from "@conc/presets/tsup";

export default program({ entry: ["src/index.ts", "src/main.ts"] });
