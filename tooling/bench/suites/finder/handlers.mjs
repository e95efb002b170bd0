/*
 * One handler for HTTP, twice: a find with a deadline, ended when the client goes, answered with what became of each datacenter.
 */
import { background, withCancel } from "@conc/context";
import { find } from "datacenter-finder";
import { byHand } from "./by-hand.mjs";
import { options } from "./datacenters.mjs";

const timeout = 5_000;

function resourceOf({ url }) {
  return url.slice(url.lastIndexOf("/") + 1);
}

function answer(response, report) {
  const body = JSON.stringify(report);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}

export function oursOf(strategy, finders) {
  return async (request, response) => {
    const ctx = withCancel(background());
    response.once("close", () => ctx.cancel());
    answer(response, await find(ctx, resourceOf(request), { strategy, finders, timeout, options }));
  };
}

export function byHandOf(strategy, finders) {
  const run = byHand[strategy];
  return async (request, response) => {
    const controller = new AbortController();
    const deadline = setTimeout(() => controller.abort(new DOMException("deadline exceeded", "TimeoutError")), timeout);
    response.once("close", () => controller.abort());
    try {
      answer(response, await reportOf(run, strategy, controller.signal, resourceOf(request), finders));
    } finally {
      clearTimeout(deadline);
    }
  };
}

async function reportOf(run, strategy, signal, resource, finders) {
  const begin = performance.now();
  const since = () => Math.round((performance.now() - begin) * 10) / 10;
  const outcomes = finders.map(({ name }) => ({ datacenter: name, outcome: "not started" }));
  const watched = finders.map((finder, i) => ({
    name: finder.name,
    weight: finder.weight,
    find: async (signal, resource) => {
      const startedAt = since();
      outcomes[i] = { datacenter: finder.name, outcome: "cancelled", startedAt };
      try {
        const found = await finder.find(signal, resource);
        outcomes[i] = { datacenter: finder.name, outcome: "answered", found, startedAt, endedAt: since() };
        return found;
      } catch (error) {
        const outcome = signal.aborted ? "cancelled" : "failed";
        outcomes[i] = { datacenter: finder.name, outcome, reason: error.message, startedAt, endedAt: since() };
        throw error;
      }
    },
  }));
  const told = (result, datacenter, error) => {
    const elapsed = since();
    const reason = error === undefined ? {} : { error: error.message };
    const found = result === "found";
    return { resource, strategy, result, found, datacenter, elapsed, ...reason, datacenters: outcomes };
  };
  try {
    const answers = await run(signal, resource, watched, options);
    const first = answers.find(({ found }) => found);
    return first === undefined ? told("not found", null) : told("found", first.datacenter);
  } catch (error) {
    if (!signal.aborted) return told("failed", null, error);
    return told(error.name === "TimeoutError" ? "deadline exceeded" : "cancelled", null, error);
  }
}
