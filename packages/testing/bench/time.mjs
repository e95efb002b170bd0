import { sleep } from "@conc/chan";
import { virtualTime } from "@conc/testing";
import { median } from "./median.mjs";

const rounds = 101;

async function milliseconds(body) {
  const times = [];
  for (let round = -10; round < rounds; round++) {
    const begin = performance.now();
    await virtualTime(body);
    if (round >= 0) times.push(performance.now() - begin);
  }
  return median(times);
}

export async function time() {
  const once = await milliseconds(() => sleep(3_600_000));
  const often = await milliseconds(async () => {
    for (let second = 0; second < 3600; second++) await sleep(1000);
  });
  console.log(
    `  an hour of sleep, virtualTime included: ${once.toFixed(3)} ms; second by second: ${often.toFixed(1)} ms`,
  );
}
