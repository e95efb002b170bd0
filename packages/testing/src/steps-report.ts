import { siteOf } from "./site.ts";
import type { Touch, TraceStep } from "./trace.ts";
import type { Wait } from "./wait.ts";
import { subject, typeAndName } from "./words.ts";

// Asked about as often as not, and of no interest to a reader.
const silent: ReadonlySet<string> = new Set(["check", "leave"]);

/** The steps of a run, a line each: whose, on what it went on, where that is in the program, and what it did. */
export function printSteps(trace: readonly TraceStep[]): string[] {
  const names = new Names();
  const rows = trace.map(({ step, touches }, i) => {
    const { wait } = step;
    const site = wait?.site === undefined ? undefined : siteOf(wait.site);
    const goesOn = wait === undefined ? step.label : `goes on after ${callName(wait, site?.called, names)}`;
    return {
      number: String(i + 1),
      task: step.task.name,
      what: wait?.starts === true ? "starts" : goesOn,
      at: site?.at ?? "",
      did: touches.filter((touch) => !silent.has(touch.operation)).map((touch) => names.print(touch)),
    };
  });
  const width = (column: "number" | "task"): number => Math.max(...rows.map((row) => row[column].length));
  const [numbers, tasks] = [width("number"), width("task")];
  return rows.map(({ number, task, what, at, did }) => {
    const where = at === "" ? "" : ` (${at})`;
    const then = did.length === 0 ? "" : `, then: ${[...new Set(did)].join(", ")}`;
    return `${number.padStart(numbers)}  ${task.padEnd(tasks)}  ${what}${where}${then}`;
  });
}

function callName(wait: Wait, called: string | undefined, names: Names): string {
  const about = subject(wait, called);
  return typeof about === "string" ? about : names.print(about);
}

/** Tells objects of a kind apart that have no name, by the order in which they appear. */
class Names {
  readonly #names = new Map<object, string>();
  readonly #counts = new Map<string, number>();

  print({ object, operation }: Touch): string {
    return `${operation} of ${this.#of(object)}`;
  }

  #of(object: object): string {
    let name = this.#names.get(object);
    if (name === undefined) {
      const { type, own } = typeAndName(object);
      const number = (this.#counts.get(type) ?? 0) + 1;
      this.#counts.set(type, number);
      name = own ?? `${type} ${number}`;
      this.#names.set(object, name);
    }
    return name;
  }
}
