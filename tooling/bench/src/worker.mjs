// Measures one scenario in a process of its own: what the engine has learnt from others does not bear on it.
import { interleaved } from "./measure.mjs";
import { profiled } from "./profile.mjs";
import { suiteOf } from "./suites.mjs";

const { suite: name, scenario: wanted, quick, profile } = JSON.parse(process.argv[2]);
const { scenarios } = await suiteOf(name);
const scenario = scenarios.find((one) => one.name === wanted);
// What gives its own figure may have its own numbers.
const { count: full = 1 } = scenario;
const count = quick ? (scenario.quickCount ?? Math.ceil(full / 4)) : full;
const rounds = quick ? Math.min(5, scenario.rounds ?? 5) : (scenario.rounds ?? 11);

const candidates = await scenario.candidates({ count, quick });
// What still waits, listens or has a timer ends with the process.
process.send(profile ? await profileOf() : await figuresOf(), () => process.exit());

async function profileOf() {
  return { scenario: wanted, ...(await profiled(candidates[0], count)) };
}

async function figuresOf() {
  const able = candidates.filter(({ cannot }) => cannot === undefined);
  const cannot = Object.fromEntries(
    candidates.filter((one) => !able.includes(one)).map((one) => [one.name, one.cannot]),
  );
  const figures = await interleaved(able, { ...scenario, count, rounds });
  const samples = {};
  for (const [i, { name: of, role = "peer" }] of able.entries()) {
    if (figures[i] === undefined) cannot[of] = "did not end: somebody who waits was forgotten";
    else samples[of] = { role, figures: figures[i] };
  }
  return { count, rounds, samples, cannot };
}
