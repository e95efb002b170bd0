export { countListeners } from "./count-listeners.ts";
export { FakeClock, useFakeClock } from "./fake-clock.ts";
export { flush } from "./flush.ts";
export { seeded, useSeed } from "./random.ts";
export { type State, stateOf } from "./state.ts";
export { Watch, watch } from "./watch.ts";
