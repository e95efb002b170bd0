import { Chan, recv, select, selectBiased, send } from "@conc/chan";
import { all, check, type Program } from "./program.ts";

async function program(choose: typeof select): Promise<void> {
  const jobs = new Chan<string>(1);
  const quit = new Chan<never>();
  let stopped = false;
  let acceptedAfterStop = false;
  await all(
    async () => {
      stopped = true;
      quit.close();
    },
    async () => {
      const wasStopped = stopped;
      const accepted = await choose([recv(quit, () => false), send(jobs, "job", () => true)]);
      acceptedAfterStop = wasStopped && accepted;
    },
  );
  check(!acceptedAfterStop, "a job was accepted after the stop");
}

/** Of two ready cases, select takes either: the job goes into the queue that nobody empties any more. */
export const sendSelect: Program = {
  name: "send-select race",
  kind: "error",
  buggy: () => program(select),
  correct: () => program(selectBiased),
};
