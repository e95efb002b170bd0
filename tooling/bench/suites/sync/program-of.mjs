import { copyFor } from "../../src/suites.mjs";

const programs = new URL("programs.mjs", import.meta.url).href;

/** The program for a library, as a candidate. */
export async function programOf(peer, program) {
  const { name, cannot } = peer;
  if (program === "tryPairs" && peer.tryPair === undefined) return { name, cannot: cannot?.tryPair };
  const { [program]: run } = await copyFor(programs, name);
  return { name, run: (operations) => run(peer, operations) };
}
