import { RWMutex } from "@conc/sync";
import { all, type Program } from "./program.ts";

async function program(keepReading: boolean): Promise<void> {
  const rw = new RWMutex({ name: "index" });
  const upgrade = async (): Promise<void> => {
    const reading = await rw.rLock();
    if (!keepReading) reading.unlock();
    const writing = await rw.lock();
    writing.unlock();
    reading.unlock();
  };
  await all(upgrade, upgrade);
}

/** Two readers become writers: each waits for the other to stop reading. */
export const upgrade: Program = {
  name: "reader-writer upgrade",
  kind: "deadlock",
  buggy: () => program(true),
  correct: () => program(false),
};
