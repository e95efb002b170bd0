import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Cond, KeyedMutex, Mutex, Once, RWMutex, Semaphore, WaitGroup } from "../src/index.ts";

const mu = new Mutex({ name: "db" });

it.each<[object, string]>([
  [mu, 'Mutex("db", unlocked)'],
  [new RWMutex(), "RWMutex(unlocked)"],
  [new KeyedMutex(), "KeyedMutex(0 keys)"],
  [new Semaphore(10), "Semaphore(10 of 10 available)"],
  [new WaitGroup(), "WaitGroup(0 running)"],
  [new Once(), "Once(idle)"],
  [new Cond(mu), "Cond(0 waiting)"],
])("console.log shows %s as it describes itself, also inside of something else", (primitive, text) => {
  expect(String(primitive)).toBe(text);
  expect(inspect(primitive)).toBe(text);
  expect(inspect({ primitive })).toBe(`{ primitive: ${text} }`);
});
