export { countListeners } from "./count-listeners.ts";
export { FakeClock, useFakeClock } from "./fake-clock.ts";
export { flush } from "./flush.ts";
export { type State, stateOf } from "./state.ts";
export { hearUnhandled, type Unhandled, unhandledIn } from "./unhandled.ts";
export { useSeed } from "./use-seed.ts";
export { Watch, watch } from "./watch.ts";
