/** What grows: trees, depth, memory. */
import { background, contextKey, withCancel, withValue } from "@conc/context";
import { processorTime } from "../../src/measure.mjs";
import { bytesEach, bytesLeft } from "../../src/memory.mjs";
import { below, ratioAtMost } from "../../src/targets.mjs";

const number = (n) => n.toLocaleString("en");

/** Nanoseconds a context to cancel a tree of `size`, in which each has four below it; making it is not timed. */
function cancelTree(size) {
  const all = [withCancel(background())];
  for (let i = 1; i < size; i++) all.push(withCancel(all[(i - 1) >> 2]));
  return timed(size, () => all[0].cancel());
}

function abortTree(size) {
  const controller = new AbortController();
  const all = [controller.signal];
  for (let i = 1; i < size; i++) all.push(AbortSignal.any([all[(i - 1) >> 2]]));
  return timed(size, () => controller.abort());
}

function timed(size, fn) {
  const start = processorTime();
  fn();
  return (processorTime() - start) / size;
}

// Small trees come often enough for the clock.
const averaged = (fn, size) => () => {
  const times = Math.ceil(20_000 / size);
  let sum = 0;
  for (let i = 0; i < times; i++) sum += fn(size);
  return sum / times;
};

const treeSizes = [1_000, 10_000, 100_000, 1_000_000];

const trees = {
  name: "tree_1m",
  about: "a tree of contexts, four below each, is cancelled at its root",
  unit: "ns per context",
  rounds: 5,
  targets: [
    ratioAtMost(2, "1,000,000", "100,000", "linear: one of 1,000,000 at most 2x one of 100,000"),
    ratioAtMost(1, "1,000", "AbortSignal.any, 1,000", "faster than a tree of AbortSignal.any"),
  ],
  go: Object.fromEntries(treeSizes.map((size) => [`Go, ${number(size)}`, `context tree ${size}`])),
  candidates: () => [
    ...treeSizes.toReversed().map((size) => ({ name: number(size), role: "ours", sample: averaged(cancelTree, size) })),
    ...[1_000, 10_000].map((size) => ({ name: `AbortSignal.any, ${number(size)}`, sample: averaged(abortTree, size) })),
  ],
};

const depths = [0, 1, 10, 100, 1_000];

/** As many contexts between, of which every other one holds a value of another key. */
function under(depth, key) {
  let ctx = withValue(background(), key, 1);
  for (let i = 0; i < depth; i++) ctx = i % 2 === 0 ? withCancel(ctx) : withValue(ctx, contextKey("other"), i);
  return ctx;
}

const lookUps = {
  name: "value",
  about:
    "a value is looked up, by how many contexts are between it and who asks: cancel contexts and values of other keys in turn",
  unit: "ns each",
  count: 100_000,
  go: Object.fromEntries(depths.map((depth) => [`Go, ${number(depth)} between`, `context value ${depth}`])),
  candidates: () =>
    depths.map((depth) => {
      const key = contextKey("key");
      const ctx = under(depth, key);
      return {
        name: `${number(depth)} between`,
        role: "ours",
        run: (times) => {
          let sum = 0;
          for (let i = 0; i < times; i++) sum += ctx.value(key);
          if (sum !== times) throw new Error(`expected ${times}, got ${sum}`);
        },
      };
    }),
};

const living = {
  name: "living",
  about: "children that live",
  unit: "bytes each",
  count: 100_000,
  rounds: 3,
  processes: 1,
  go: { Go: "context living" },
  candidates: ({ count }) => {
    const parent = withCancel(background());
    const { signal } = new AbortController();
    const holding = (name, role, make) => ({ name, role, sample: () => bytesEach(make, count) });
    return [
      holding("withCancel", "ours", () => withCancel(parent)),
      holding("withCancel, its signal asked for", "ours", () => {
        const ctx = withCancel(parent);
        return [ctx, ctx.signal];
      }),
      holding("AbortController and its signal", "peer", () => {
        const controller = new AbortController();
        return [controller, controller.signal];
      }),
      holding("AbortSignal.any", "peer", () => AbortSignal.any([signal])),
    ];
  },
};

const left = {
  name: "left",
  about: "what a parent that lives on keeps of each child that was made and cancelled",
  unit: "bytes each",
  count: 1_000_000,
  rounds: 3,
  processes: 1,
  targets: [below(1)],
  candidates: ({ count }) => {
    const parent = withCancel(background());
    return [
      {
        name: "withCancel",
        role: "ours",
        sample: () =>
          bytesLeft((times) => {
            for (let i = 0; i < times; i++) withCancel(parent).cancel();
          }, count),
      },
    ];
  },
};

export const sizes = [trees, lookUps, living, left];
