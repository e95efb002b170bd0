import { expect, it } from "vitest";
import { ofFrame, ofSymbol } from "../src/profile.mjs";

it.each([
  ["[JIT] tid 1", "JS:*send file:///x/packages/chan/dist/chunk-A.js:10:3", { group: "ours", name: "send" }],
  [
    "[JIT] tid 1",
    "JS:~produce file:///x/tooling/bench/suites/chan/programs.mjs?for=a:1:2",
    { group: "program", name: "produce" },
  ],
  ["[JIT] tid 1", "JS:* file:///x/tooling/bench/src/a.mjs:1:2", { group: "program", name: "(unnamed)" }],
  ["[JIT] tid 1", "JS:^now node:internal/perf/utils:1:2", { group: "engine", name: "now" }],
  ["node", "Builtins_RunMicrotasks", { group: "promises", name: "RunMicrotasks" }],
  ["node", "Builtins_StrictEqual", { group: "engine", name: "StrictEqual" }],
  ["node", "Builtins_RecordWriteSaveFP", { group: "gc", name: "write barrier" }],
  [
    "node",
    "v8::internal::Scavenger::ScavengeObject<v8::internal::FullHeapObjectSlot>",
    { group: "gc", name: "garbage collector" },
  ],
  ["node", "v8::internal::Compiler::Compile", { group: "engine", name: "native code" }],
  ["libc.so.6", "malloc", { group: "engine", name: "libc.so.6" }],
  ["[kernel.kallsyms]", "finish_task_switch.isra.0", { group: "system", name: "kernel" }],
])("perf: %s %s", (object, symbol, whose) => {
  expect(ofSymbol(object, symbol)).toEqual(whose);
});

it.each([
  [
    { functionName: "send", url: "file:///x/packages/chan/dist/index.js" },
    { group: "ours", name: "send" },
  ],
  [
    { functionName: "", url: "file:///x/tooling/bench/suites/chan/programs.mjs" },
    { group: "program", name: "(unnamed)" },
  ],
  [
    { functionName: "(garbage collector)", url: "" },
    { group: "gc", name: "garbage collector" },
  ],
  [
    { functionName: "(program)", url: "" },
    { group: "engine", name: "(program)" },
  ],
  [
    { functionName: "processTicksAndRejections", url: "node:internal/process" },
    { group: "engine", name: "processTicksAndRejections" },
  ],
])("the engine's profiler: %o", (frame, whose) => {
  expect(ofFrame(frame)).toEqual(whose);
});
