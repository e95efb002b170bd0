/**
 * The libraries that are compared, each behind the same few functions. `make` makes a lock, `acquire` gives what `release` needs to free
 * it. A library without a bare acquire has `run`: it runs a function with the lock held. What one cannot do is missing, and `cannot` says
 * why.
 */
import { Lock as RocicorpLock, RWLock as RocicorpRWLock } from "@rocicorp/lock";
import JpWilliamsWaitGroup from "@jpwilliams/waitgroup";
import AsyncLock from "async-lock";
import * as asyncMutex from "async-mutex";
import asyncRwlock from "async-rwlock";
import { Sema } from "async-sema";
import awaitLock from "await-lock";
import { Effect, Semaphore as EffectSemaphore } from "effect";
import { Mutex as ToolkitMutex, Semaphore as ToolkitSemaphore } from "es-toolkit";
import pLimit from "p-limit";

const call = (release) => release();
const neverWaits = "no call that does not wait";
const AwaitLock = awaitLock.default ?? awaitLock;

const locks = [
  {
    name: "async-mutex",
    cannot: { tryPair: "its tryAcquire gives a promise" },
    make: () => new asyncMutex.Mutex(),
    acquire: (mu) => mu.acquire(),
    release: call,
  },
  {
    name: "async-sema",
    make: () => new Sema(1),
    acquire: (sema) => sema.acquire(),
    release: (_token, sema) => sema.release(),
    tryPair: (sema) => {
      sema.tryAcquire();
      sema.release();
    },
  },
  {
    name: "await-lock",
    make: () => new AwaitLock(),
    acquire: (lock) => lock.acquireAsync(),
    release: (_nothing, lock) => lock.release(),
    tryPair: (lock) => {
      lock.tryAcquire();
      lock.release();
    },
  },
  {
    name: "es-toolkit",
    cannot: { tryPair: neverWaits },
    make: () => new ToolkitMutex(),
    acquire: (mu) => mu.acquire(),
    release: (_nothing, mu) => mu.release(),
  },
  {
    name: "@rocicorp/lock",
    cannot: { tryPair: neverWaits },
    make: () => new RocicorpLock(),
    acquire: (lock) => lock.lock(),
    release: call,
  },
  {
    name: "async-lock",
    cannot: { tryPair: neverWaits },
    make: () => new AsyncLock({ maxPending: Number.POSITIVE_INFINITY }),
    run: (lock, fn) => lock.acquire("key", fn),
  },
  {
    name: "p-limit",
    cannot: { tryPair: neverWaits },
    make: () => pLimit(1),
    run: (limit, fn) => limit(fn),
  },
  {
    name: "effect",
    cannot: { tryPair: neverWaits },
    make: () => EffectSemaphore.makeUnsafe(1),
    // Each call starts a fiber from outside, as a program that is not written with Effect would.
    run: (semaphore, fn) => Effect.runPromise(semaphore.withPermits(1)(Effect.promise(async () => fn()))),
  },
];

const readLocks = [
  {
    name: "@rocicorp/lock",
    make: () => new RocicorpRWLock(),
    acquire: (lock) => lock.read(),
    release: call,
  },
  {
    name: "async-rwlock",
    make: () => new asyncRwlock.RWLock(),
    acquire: (lock) => lock.readLock(),
    release: (_nothing, lock) => lock.unlock(),
  },
];

const semaphores = [
  {
    name: "async-mutex",
    make: (permits) => new asyncMutex.Semaphore(permits),
    acquire: (sem) => sem.acquire(),
    release: ([, release]) => release(),
  },
  {
    name: "async-sema",
    make: (permits) => new Sema(permits),
    acquire: (sema) => sema.acquire(),
    release: (_token, sema) => sema.release(),
  },
  {
    name: "es-toolkit",
    make: (permits) => new ToolkitSemaphore(permits),
    acquire: (sem) => sem.acquire(),
    release: (_nothing, sem) => sem.release(),
  },
  {
    name: "p-limit",
    make: (permits) => pLimit(permits),
    run: (limit, fn) => limit(fn),
  },
];

const waitGroups = [
  { name: "@jpwilliams/waitgroup", make: () => new (JpWilliamsWaitGroup.WaitGroup ?? JpWilliamsWaitGroup)() },
];

/** The libraries by what is compared. */
export const peers = { lock: locks, readLock: readLocks, semaphore: semaphores, waitGroup: waitGroups };
