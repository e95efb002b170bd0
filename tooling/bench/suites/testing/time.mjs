/** What an hour of virtual sleep costs, `virtualTime` included. */
import { sleep } from "@conc/chan";
import { virtualTime } from "@conc/testing";
import { processorTime } from "../../src/measure.mjs";
import { below } from "../../src/targets.mjs";

const hour = 3_600_000;

async function milliseconds(times, body) {
  const begin = processorTime();
  for (let i = 0; i < times; i++) await virtualTime(body);
  return (processorTime() - begin) / times / 1e6;
}

export const time = {
  name: "time",
  about: "an hour of sleep in virtual time; at once, and second by second",
  unit: "ms",
  rounds: 15,
  warmUps: 3,
  targets: [below(1)],
  candidates: () => [
    { name: "an hour", role: "ours", sample: () => milliseconds(100, () => sleep(hour)) },
    {
      name: "an hour, by 3,600 sleeps",
      role: "ours",
      sample: () =>
        milliseconds(1, async () => {
          for (let second = 0; second < 3_600; second++) await sleep(hour / 3_600);
        }),
    },
  ],
};
