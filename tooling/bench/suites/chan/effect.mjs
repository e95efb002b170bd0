/** The programs in Effect's own fibers. */
import { Effect, Fiber, Queue } from "effect";

function seq({ capacity }, messages) {
  return Effect.runPromise(
    Effect.gen(function* () {
      const queue = yield* Queue.bounded(capacity);
      for (let i = 0; i < messages; i += capacity) {
        for (let n = 0; n < capacity; n++) yield* Queue.offer(queue, n);
        for (let n = 0; n < capacity; n++) yield* Queue.take(queue);
      }
    }),
  );
}

function flow({ capacity, producers, consumers }, messages) {
  const produce = (queue) =>
    Effect.gen(function* () {
      for (let i = 0; i < messages / producers; i++) yield* Queue.offer(queue, i);
    });
  const consume = (queue) =>
    Effect.gen(function* () {
      for (let i = 0; i < messages / consumers; i++) yield* Queue.take(queue);
    });
  return Effect.runPromise(
    Effect.gen(function* () {
      const queue = yield* Queue.bounded(capacity);
      const tasks = [
        ...Array.from({ length: producers }, () => produce(queue)),
        ...Array.from({ length: consumers }, () => consume(queue)),
      ];
      const fibers = [];
      for (const task of tasks) fibers.push(yield* Effect.forkChild(task));
      for (const fiber of fibers) yield* Fiber.join(fiber);
    }),
  );
}

function pingPong({ capacity }, messages) {
  return Effect.runPromise(
    Effect.gen(function* () {
      const [ping, pong] = [yield* Queue.bounded(capacity), yield* Queue.bounded(capacity)];
      const answering = yield* Effect.forkChild(
        Effect.gen(function* () {
          for (let i = 0; i < messages / 2; i++) {
            yield* Queue.take(ping);
            yield* Queue.offer(pong, i);
          }
        }),
      );
      for (let i = 0; i < messages / 2; i++) {
        yield* Queue.offer(ping, i);
        yield* Queue.take(pong);
      }
      yield* Fiber.join(answering);
    }),
  );
}

export const effectPrograms = { seq, flow, pingPong };
