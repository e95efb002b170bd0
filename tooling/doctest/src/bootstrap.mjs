// What a thread of `run` starts with.
import { format } from "node:util";
import { parentPort, workerData } from "node:worker_threads";

console.log = (...args) => parentPort.postMessage(format(...args));
await import(workerData);
