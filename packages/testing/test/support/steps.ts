import type { Step } from "../../src/step.ts";
import { Task } from "../../src/task.ts";

/** A step that is ready, of the task of that name; one task per name. */
export function readySteps(...names: string[]): Step[] {
  return names.map((name, order) => ({
    task: taskNamed(name),
    event: 1,
    bornAt: 0,
    order,
    whenIdle: false,
    wait: undefined,
    label: "",
    perform: () => {},
  }));
}

const tasks = new Map<string, Task>();

function taskNamed(name: string): Task {
  let task = tasks.get(name);
  if (task === undefined) tasks.set(name, (task = Task.first(name, name)));
  return task;
}
