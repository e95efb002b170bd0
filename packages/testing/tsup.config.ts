import { library } from "@conc/presets/tsup";

export default library();
