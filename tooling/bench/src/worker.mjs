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
const rounds = quick ? Math.min(5, scenario.rounds ?? 5) : (scenario.rounds ?? 15);

const all = await scenario.candidates({ count, quick });
const able = all.filter(({ cannot }) => cannot === undefined);
if (profile) process.send(await profiled(able[0], count));
else {
  const cannot = Object.fromEntries(all.filter((one) => one.cannot !== undefined).map((one) => [one.name, one.cannot]));
  const figures = await interleaved(able, { ...scenario, count, rounds });
  const samples = {};
  for (const [i, { name: of, role = "peer" }] of able.entries()) {
    if (figures[i] === undefined) cannot[of] = "did not end: somebody who waits was forgotten";
    else samples[of] = { role, figures: figures[i] };
  }
  process.send({ count, rounds, samples, cannot });
}
// What did not end may keep timers.
process.disconnect();
process.exitCode = 0;
