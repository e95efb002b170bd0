import { abba } from "./abba.ts";
import { addAfterWait } from "./add-after-wait.ts";
import { lostWakeup, twoOwners } from "./broken-mutex.ts";
import { cacheStampede } from "./cache-stampede.ts";
import { closeWhileSending } from "./close-while-sending.ts";
import { counterProgram } from "./counter.ts";
import { doubleClose } from "./double-close.ts";
import { doubleConnect } from "./double-connect.ts";
import { followUpError } from "./follow-up-error.ts";
import { lateCaller } from "./late-caller.ts";
import { leakedProducer } from "./leaked-producer.ts";
import { missedSignal } from "./missed-signal.ts";
import { oneCond } from "./one-cond.ts";
import type { Program } from "./program.ts";
import { selfDeadlock } from "./self-deadlock.ts";
import { sendSelect } from "./send-select.ts";
import { staleRead } from "./stale-read.ts";
import { storeIfNotExists } from "./store-if-not-exists.ts";
import { upgrade } from "./upgrade.ts";
import { wrongPredicate } from "./wrong-predicate.ts";

/** All programs of the corpus. */
export const programs: readonly Program[] = [
  counterProgram,
  storeIfNotExists,
  doubleConnect,
  lateCaller,
  lostWakeup,
  twoOwners,
  oneCond,
  abba,
  selfDeadlock,
  missedSignal,
  closeWhileSending,
  doubleClose,
  sendSelect,
  addAfterWait,
  leakedProducer,
  followUpError,
  cacheStampede,
  staleRead,
  wrongPredicate,
  upgrade,
];
