/*
 * The eight strategies without a library: what one would write with Promise.all, Promise.any and AbortController for the same behaviour. Each gives
 * the answers it went by, and throws when there are none to go by.
 */

/** What was heard; one that fails does not spoil the rest. */
class Heard {
  answers = [];
  failures = [];

  async add(datacenter, asking) {
    try {
      this.answers.push({ datacenter: datacenter.name, found: await asking });
    } catch (error) {
      this.failures.push(error);
    }
  }

  result(signal) {
    signal.throwIfAborted();
    if (this.answers.length === 0 && this.failures.length > 0) {
      throw new AggregateError(this.failures, "every datacenter failed");
    }
    return this.answers;
  }
}

async function sequential(signal, resource, datacenters) {
  const heard = new Heard();
  for (const one of datacenters) {
    await heard.add(one, one.find(signal, resource));
    if (signal.aborted) break;
  }
  return heard.result(signal);
}

async function all(signal, resource, datacenters) {
  const heard = new Heard();
  await orAborted(signal, Promise.all(datacenters.map((one) => heard.add(one, one.find(signal, resource)))));
  return heard.result(signal);
}

/** The index of each as soon as it has settled. */
async function* asTheySettle(promises) {
  const settled = [];
  let wake = () => {};
  for (const [i, promise] of promises.entries()) {
    const note = () => {
      settled.push(i);
      wake();
    };
    promise.then(note, note);
  }
  for (let left = promises.length; left > 0; left--) {
    if (settled.length === 0) await new Promise((resolve) => (wake = resolve));
    yield settled.shift();
  }
}

async function scattergather(signal, resource, datacenters) {
  const heard = new Heard();
  const asking = datacenters.map((one) => one.find(signal, resource));
  const listen = async () => {
    for await (const i of asTheySettle(asking)) await heard.add(datacenters[i], asking[i]);
  };
  await orAborted(signal, listen());
  return heard.result(signal);
}

async function errgroup(signal, resource, datacenters) {
  const controller = new AbortController();
  const cancel = () => controller.abort(signal.reason);
  signal.addEventListener("abort", cancel);
  try {
    return await Promise.all(
      datacenters.map(async (one) => ({ datacenter: one.name, found: await one.find(controller.signal, resource) })),
    );
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

const no = new Error("not there");

/** What the race of those promises ends with: a winner, nobody who has it, or that all failed. */
async function won(racing, datacenters) {
  try {
    return [{ datacenter: await racing, found: true }];
  } catch (error) {
    const failures = error.errors?.filter((one) => one !== no);
    if (failures?.length === datacenters.length || failures === undefined) throw error;
    return [];
  }
}

async function redundant(signal, resource, datacenters) {
  const controller = new AbortController();
  const cancel = () => controller.abort(signal.reason);
  signal.addEventListener("abort", cancel);
  try {
    const asking = datacenters.map(async (one) => {
      if (!(await one.find(controller.signal, resource))) throw no;
      return one.name;
    });
    return await won(orAborted(signal, Promise.any(asking)), datacenters);
  } finally {
    signal.removeEventListener("abort", cancel);
    controller.abort();
  }
}

async function hedged(signal, resource, datacenters, { hedgeDelay }) {
  const controller = new AbortController();
  const cancel = () => controller.abort(signal.reason);
  signal.addEventListener("abort", cancel);
  let timer;
  try {
    const racing = new Promise((resolve, reject) => {
      const errors = [];
      let sent = 0;
      const next = () => {
        clearTimeout(timer);
        if (sent === datacenters.length) return;
        const one = datacenters[sent++];
        one.find(controller.signal, resource).then((found) => (found ? resolve(one.name) : failed(no)), failed);
        timer = setTimeout(next, hedgeDelay);
      };
      const failed = (error) => {
        errors.push(error);
        if (errors.length === datacenters.length) reject(new AggregateError(errors));
        else next();
      };
      next();
    });
    return await won(orAborted(signal, racing), datacenters);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    controller.abort();
  }
}

/** At most so much weight at a time, first come, first served. */
async function weighted(signal, resource, datacenters, capacity, weightOf) {
  const heard = new Heard();
  const waiting = [];
  let free = capacity;
  const admit = () => {
    while (waiting.length > 0 && waiting[0].weight <= free) {
      const { weight, start } = waiting.shift();
      free -= weight;
      start();
    }
  };
  const asking = datacenters.map(async (one) => {
    const weight = weightOf(one);
    await new Promise((start) => {
      waiting.push({ weight, start });
      admit();
    });
    try {
      signal.throwIfAborted();
      await heard.add(one, one.find(signal, resource));
    } finally {
      free += weight;
      admit();
    }
  });
  await orAborted(signal, Promise.all(asking));
  return heard.result(signal);
}

/** As the promise, but no longer than the signal lets it. */
function orAborted(signal, promise) {
  signal.throwIfAborted();
  let abort;
  const aborted = new Promise((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", abort));
}

export const byHand = {
  sequential,
  waitgroup: all,
  scattergather,
  redundant,
  errgroup,
  hedged,
  semaphore: (signal, resource, datacenters, { limit }) => weighted(signal, resource, datacenters, limit, () => 1),
  wsemaphore: (signal, resource, datacenters, { capacity }) =>
    weighted(signal, resource, datacenters, capacity, ({ weight }) => weight),
};
