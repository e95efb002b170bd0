import { describe, expectTypeOf, it } from "vitest";
import {
  after,
  type Case,
  Chan,
  from,
  fromEvent,
  never,
  type ReceiveChan,
  type Received,
  recv,
  select,
  type SendChan,
  send,
  type SignalSource,
  toReadableStream,
  toWritableStream,
  trySelect,
} from "../src/index.ts";

interface Animal {
  readonly name: string;
}
interface Dog extends Animal {
  bark(): void;
}

describe("the halves of a channel", () => {
  it("a channel is both halves, and a receiver of dogs is a receiver of animals", () => {
    expectTypeOf<Chan<Dog>>().toExtend<SendChan<Dog>>();
    expectTypeOf<Chan<Dog>>().toExtend<ReceiveChan<Dog>>();
    expectTypeOf<Chan<Dog>>().toExtend<ReceiveChan<Animal>>();
    expectTypeOf<ReceiveChan<Dog>>().toExtend<ReceiveChan<Animal>>();
    expectTypeOf<ReceiveChan<Animal>>().not.toExtend<ReceiveChan<Dog>>();
  });

  it("who takes any animal takes a dog, not the other way", () => {
    expectTypeOf<SendChan<Animal>>().toExtend<SendChan<Dog>>();
    expectTypeOf<SendChan<Dog>>().not.toExtend<SendChan<Animal>>();
    expectTypeOf<Chan<Dog>>().not.toExtend<SendChan<Animal>>();
  });

  it("the nil channel is either half of any type", () => {
    expectTypeOf(never).toExtend<ReceiveChan<Dog>>();
    expectTypeOf(never).toExtend<SendChan<Dog>>();
  });

  it("receives and streams are typed", () => {
    const ch = new Chan<Dog>();
    const emitter = { on: () => {}, off: () => {} };
    expectTypeOf(ch.recv).returns.toEqualTypeOf<Promise<Received<Dog>>>();
    expectTypeOf(ch.recvMany).returns.toEqualTypeOf<Promise<Dog[]>>();
    expectTypeOf(ch.tryRecv).returns.toEqualTypeOf<Received<Dog> | undefined>();
    expectTypeOf(after(0)).toEqualTypeOf<ReceiveChan<Date>>();
    expectTypeOf(from([1, 2])).toEqualTypeOf<ReceiveChan<number>>();
    expectTypeOf(from(new ReadableStream<string>())).toEqualTypeOf<ReceiveChan<string>>();
    expectTypeOf(toReadableStream(ch)).toEqualTypeOf<ReadableStream<Dog>>();
    expectTypeOf(toWritableStream<Dog>(ch)).toEqualTypeOf<WritableStream<Dog>>();
    expectTypeOf(fromEvent(new EventTarget(), "x")).toEqualTypeOf<ReceiveChan<Event>>();
    expectTypeOf(fromEvent<[number]>(emitter, "exit")).toEqualTypeOf<ReceiveChan<[number]>>();
  });

  it("ok tells the value's type", () => {
    type Value<Ok extends boolean> = Extract<Received<Dog>, { ok: Ok }>["value"];
    expectTypeOf<Value<true>>().toEqualTypeOf<Dog>();
    expectTypeOf<Value<false>>().toEqualTypeOf<undefined>();
  });
});

describe("select", () => {
  const numbers = new Chan<number>();
  const words = new Chan<string>();

  it("gives the union of what its cases give", () => {
    const cases = () => select([recv(numbers), recv(words, async () => true), send(words, "x"), null]);
    expectTypeOf(cases).returns.toEqualTypeOf<Promise<Received<number> | boolean | undefined>>();
    const numbersOnly = () => select([recv(numbers, (r) => r.value)]);
    expectTypeOf(numbersOnly).returns.toEqualTypeOf<Promise<number | undefined>>();
  });

  it("trySelect hands promises back as they are, and adds what otherwise gives", () => {
    const cases = () => trySelect([recv(numbers, async () => 1)], () => "none");
    expectTypeOf(cases).returns.toEqualTypeOf<Promise<number> | string>();
  });

  it("a case gives what its handler gives", () => {
    expectTypeOf(recv(numbers)).toEqualTypeOf<Case<Received<number>>>();
    expectTypeOf(recv(null)).toExtend<Case<unknown>>();
    expectTypeOf(send(words, "x", () => 5)).toEqualTypeOf<Case<number>>();
    // @ts-expect-error a number is no word
    send(words, 5);
  });
});

describe("what can cancel", () => {
  it("is a signal, or anything that has one", () => {
    expectTypeOf<AbortSignal>().toExtend<SignalSource>();
    expectTypeOf<AbortController>().toExtend<SignalSource>();
    expectTypeOf<{ done: ReceiveChan<never>; signal: AbortSignal }>().toExtend<SignalSource>();
    expectTypeOf<object>().not.toExtend<SignalSource>();
  });
});
