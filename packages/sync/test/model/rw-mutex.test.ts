import { it } from "vitest";
import { type Held, RWMutex } from "../../src/index.ts";
import { bothThrow, checkModel, type Source, type Subject, type World } from "./harness.ts";

interface Waiting {
  readonly id: number;
  readonly source: Source;
}

/** An RWMutex as a writer, the readers in the order they entered, and two queues. */
function subject(world: World): Subject {
  const rw = new RWMutex();
  let writer: number | undefined;
  let readers: number[] = [];
  let writersWaiting: Waiting[] = [];
  let readersWaiting: Waiting[] = [];

  const enterReaders = () => {
    for (const { id } of readersWaiting) {
      readers.push(id);
      world.expect(id, "fulfilled");
    }
    readersWaiting = [];
  };
  const enterWriter = () => {
    if (readers.length > 0) return;
    writer = writersWaiting.shift()?.id;
    if (writer !== undefined) world.expect(writer, "fulfilled");
  };
  const writerLeaves = () => {
    writer = undefined;
    enterReaders();
    enterWriter();
  };
  const readerLeaves = (reader: number) => {
    readers = readers.filter((id) => id !== reader);
    enterWriter();
  };
  const attempt = (held: Held | undefined, free: boolean) => {
    const id = world.call(undefined, held === undefined ? Promise.reject("busy") : Promise.resolve(held));
    world.expect(id, free ? "fulfilled" : { rejected: "busy" });
    return free ? id : undefined;
  };
  return {
    commands: {
      lock: (n) => {
        const { source, cancel } = world.source(n);
        const id = world.call(source, rw.lock(cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (writer !== undefined || readers.length > 0) writersWaiting.push({ id, source });
        else {
          writer = id;
          world.expect(id, "fulfilled");
        }
      },
      rLock: (n) => {
        const { source, cancel } = world.source(n);
        const id = world.call(source, rw.rLock(cancel));
        if (world.isCancelled(source)) world.expect(id, { rejected: world.reason(source) });
        else if (writer !== undefined || writersWaiting.length > 0) readersWaiting.push({ id, source });
        else {
          readers.push(id);
          world.expect(id, "fulfilled");
        }
      },
      tryLock: () => {
        writer = attempt(rw.tryLock(), writer === undefined && readers.length === 0) ?? writer;
      },
      tryRLock: () => {
        const id = attempt(rw.tryRLock(), writer === undefined && writersWaiting.length === 0);
        if (id !== undefined) readers.push(id);
      },
      unlock: () => {
        bothThrow(
          () => rw.unlock(),
          () => writer !== undefined,
        );
        if (writer !== undefined) writerLeaves();
      },
      rUnlock: () => {
        bothThrow(
          () => rw.rUnlock(),
          () => readers.length > 0,
        );
        const last = readers.at(-1);
        if (last !== undefined) readerLeaves(last);
      },
      "held.unlock": (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        (picked.value as Held).unlock();
        if (picked.id === writer) writerLeaves();
        else if (readers.includes(picked.id)) readerLeaves(picked.id);
      },
      downgrade: (n) => {
        const picked = world.pick(n);
        if (picked === undefined) return;
        let reader: Held | undefined;
        bothThrow(
          () => {
            reader = rw.downgrade(picked.value as Held);
          },
          () => picked.id === writer,
        );
        if (reader === undefined) return;
        const id = world.call(undefined, Promise.resolve(reader));
        world.expect(id, "fulfilled");
        readers.push(id);
        writer = undefined;
        enterReaders();
      },
    },
    abort: (source) => {
      for (const { id, source: of } of [...writersWaiting, ...readersWaiting]) {
        if (of === source) world.expect(id, { rejected: world.reason(source) });
      }
      writersWaiting = writersWaiting.filter((call) => call.source !== source);
      readersWaiting = readersWaiting.filter((call) => call.source !== source);
      if (writer === undefined && writersWaiting.length === 0) enterReaders();
    },
    real: () => String(rw),
    specified: () => {
      const count = readers.length === 1 ? "1 reader" : `${readers.length} readers`;
      const state = writer !== undefined ? "locked" : readers.length > 0 ? count : "unlocked";
      const waiting = writersWaiting.length + readersWaiting.length;
      return `RWMutex(${state}${waiting > 0 ? `, ${waiting} waiting` : ""})`;
    },
  };
}

it(
  "an RWMutex does what its sequential specification says, in every random program",
  () => checkModel(subject),
  60_000,
);
