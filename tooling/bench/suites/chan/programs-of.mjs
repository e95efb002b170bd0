import { copyFor } from "../../src/suites.mjs";

const programs = new URL("programs.mjs", import.meta.url).href;

// What a program asks of a library beyond sending and receiving.
const needs = {
  selectRx: "selectRecv",
  selectBoth: "selectSend",
  readySelect: "selectRecv",
  tries: "trySend",
};

/** The program of that name for a library, as a candidate; with the reason, where it cannot. `kind` says whether it is timed. */
export async function programOf(peer, program, shape, kind = "run") {
  const { name, cannot = {} } = peer;
  const reason = (shape.capacity === 0 ? cannot.unbuffered : undefined) ?? cannot[program] ?? cannot[needs[program]];
  if (reason !== undefined) return { name, cannot: reason };
  return { name, [kind]: await callable(peer, program, shape) };
}

/** A function of the number of messages that runs the program. */
export async function callable(peer, program, shape) {
  if (peer.programs !== undefined) return (messages) => peer.programs[program](shape, messages);
  const { [program]: run } = await copyFor(programs, peer.name);
  return (messages) => run(peer, shape, messages);
}
