/**
 * The libraries that are compared, each behind the same few functions. `make` makes a lock, `acquire` gives what `release` needs to free
 * it. A library without a bare acquire has `run`: it runs a function with the lock held. One with `most` runs that many operations at most.
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
import { Mutex, RWMutex, Semaphore, WaitGroup } from "../dist/index.js";

const call = (release) => release();
const AwaitLock = awaitLock.default ?? awaitLock;

export const locks = [
  {
    name: "@conc/sync",
    make: () => new Mutex(),
    acquire: (mu) => mu.lock(),
    release: (held) => held.unlock(),
  },
  {
    name: "async-mutex",
    make: () => new asyncMutex.Mutex(),
    acquire: (mu) => mu.acquire(),
    release: call,
  },
  {
    name: "async-sema",
    make: () => new Sema(1),
    acquire: (sema) => sema.acquire(),
    release: (_token, sema) => sema.release(),
  },
  {
    name: "await-lock",
    make: () => new AwaitLock(),
    acquire: (lock) => lock.acquireAsync(),
    release: (_nothing, lock) => lock.release(),
  },
  {
    name: "es-toolkit",
    make: () => new ToolkitMutex(),
    acquire: (mu) => mu.acquire(),
    release: (_nothing, mu) => mu.release(),
  },
  {
    name: "@rocicorp/lock",
    make: () => new RocicorpLock(),
    acquire: (lock) => lock.lock(),
    release: call,
  },
  {
    name: "async-lock",
    make: () => new AsyncLock({ maxPending: Number.POSITIVE_INFINITY }),
    run: (lock, fn) => lock.acquire("key", fn),
  },
  {
    name: "p-limit",
    make: () => pLimit(1),
    run: (limit, fn) => limit(fn),
  },
  {
    name: "effect",
    // Fibers, each started from outside: so slow that less has to do.
    most: 1_000,
    make: () => EffectSemaphore.makeUnsafe(1),
    run: (semaphore, fn) => Effect.runPromise(semaphore.withPermits(1)(Effect.promise(async () => fn()))),
  },
];

export const readLocks = [
  {
    name: "@conc/sync",
    make: () => new RWMutex(),
    acquire: (rw) => rw.rLock(),
    release: (held) => held.unlock(),
  },
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

export const semaphores = [
  {
    name: "@conc/sync",
    make: (permits) => new Semaphore(permits),
    acquire: (sem) => sem.acquire(),
    release: (held) => held.unlock(),
  },
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

export const waitGroups = [
  { name: "@conc/sync", make: () => new WaitGroup() },
  { name: "@jpwilliams/waitgroup", make: () => new (JpWilliamsWaitGroup.WaitGroup ?? JpWilliamsWaitGroup)() },
];
