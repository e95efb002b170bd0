import { runtime, seeded } from "../src/index.ts";

/** Puts a seeded source of chance into the runtime record; gives the function that takes it out again. */
export function useSeed(seed: number): () => void {
  const { choose } = runtime;
  runtime.choose = seeded(seed);
  return () => {
    runtime.choose = choose;
  };
}
