/**
 * One flow of control of an explored program: the body, what `go` starts, or a call that was made beside another one.
 *
 * `id` is the path from the body, each number counted by the parent: it names the same task in every order of events.
 */
export class Task {
  readonly id: string;
  readonly name: string;
  /** The task that was started as one: this, or the one whose calls this task splits off from. */
  readonly root: Task;
  /** Of a root: how many of its calls are undecided or untold. None, and it waits for something that conc does not see. */
  waits = 0;
  /** How many steps of this task have become ready so far. */
  events = 0;
  /** The step in which the task made its last call that waits. One task waits for one thing: a second call splits off. */
  calledAt = -1;
  #children = 0;

  private constructor(id: string, name: string, root: Task | undefined) {
    this.id = id;
    this.name = name;
    this.root = root ?? this;
  }

  /** The body itself, or whatever acts from outside it. */
  static first(id: string, name: string): Task {
    return new Task(id, name, undefined);
  }

  /** A task of its own. */
  spawn(name: string): Task {
    const id = this.#nextId();
    return new Task(id, name === "" ? `task ${id}` : name, undefined);
  }

  /** A call made while another one of the same step waits already: `Promise.all([a(), b()])`. */
  split(): Task {
    const id = this.#nextId();
    return new Task(id, `${this.root.name}/${id.slice(this.root.id.length + 1)}`, this.root);
  }

  #nextId(): string {
    return `${this.id}.${++this.#children}`;
  }
}
