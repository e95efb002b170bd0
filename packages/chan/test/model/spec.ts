/** A call that was made, and how it may have come out. */
export interface Call {
  /** The source it can be cancelled by. */
  readonly source: number | undefined;
  /** The outcomes that are right; `undefined` while it has to wait. */
  expected: readonly string[] | undefined;
}

/** A call's place in a queue. */
interface Place {
  readonly call: Call;
  /** What it sends. */
  readonly value: number;
  /** How its outcome is told, given how the operation came out. */
  readonly tell: (outcome: string) => string;
}

export interface SelectCase {
  readonly kind: "recv" | "send";
  readonly ch: number;
}

interface Channel {
  readonly capacity: number;
  buffer: number[];
  receivers: Place[];
  senders: Place[];
  closed: boolean;
  cause: string | undefined;
}

const plain = (outcome: string): string => outcome;

/**
 * What channels and selects do, one step after the other, with plain arrays and no thought of speed. Where the rules leave a choice, an
 * outcome is one of several.
 */
export class Spec {
  readonly channels: Channel[];
  readonly #calls: Call[] = [];
  readonly #cancelled = new Set<number>();
  // Receives of several that have their first value: they take along what is there once the step is over.
  #many: { call: Call; ch: number; max: number; first: number }[] = [];

  constructor(capacities: readonly number[]) {
    this.channels = capacities.map((capacity) => ({
      capacity,
      buffer: [],
      receivers: [],
      senders: [],
      closed: false,
      cause: undefined,
    }));
  }

  get waiting(): number {
    return this.#calls.filter((call) => call.expected === undefined).length;
  }

  /** What the channel's `toString` has to say. */
  describe(at: number): string {
    const { capacity, buffer, receivers, senders, closed } = this.#channel(at);
    const parts = [`${buffer.length} of ${capacity} buffered`];
    if (receivers.length > 0) parts.push(`${receivers.length} receiving`);
    if (senders.length > 0) parts.push(`${senders.length} sending`);
    if (closed) parts.push("closed");
    return `Chan(${parts.join(", ")})`;
  }

  send(at: number, value: number, source: number | undefined): Call {
    const call = this.#call(source);
    const outcome = this.#refused(source) ?? this.#give(at, value);
    if (outcome === undefined) this.#channel(at).senders.push({ call, value, tell: plain });
    return this.#settle(call, outcome);
  }

  recv(at: number, source: number | undefined): Call {
    const call = this.#call(source);
    const outcome = this.#refused(source) ?? this.#take(at);
    if (outcome === undefined) this.#channel(at).receivers.push({ call, value: 0, tell: plain });
    return this.#settle(call, outcome);
  }

  trySend(at: number, value: number): Call {
    return this.#settle(this.#call(undefined), this.#give(at, value) ?? "nothing");
  }

  tryRecv(at: number): Call {
    return this.#settle(this.#call(undefined), this.#take(at) ?? "nothing");
  }

  recvMany(at: number, max: number, source: number | undefined): Call {
    const call = this.#call(source);
    const outcome = this.#refused(source) ?? this.#take(at);
    if (outcome === undefined) {
      const tell = (text: string): string => {
        if (text.startsWith("value ")) this.#many.push({ call, ch: at, max, first: Number(text.slice(6)) });
        return text === "end" ? "many " : text;
      };
      this.#channel(at).receivers.push({ call, value: 0, tell });
    } else if (outcome.startsWith("value ")) {
      return this.#settle(call, `many ${this.#takeAlong(at, Number(outcome.slice(6)), max)}`);
    }
    return this.#settle(call, outcome === "end" ? "many " : outcome);
  }

  close(at: number, cause: string | undefined): Call {
    const ch = this.#channel(at);
    const call = this.#call(undefined);
    if (ch.closed) return this.#settle(call, "closed already");
    ch.closed = true;
    ch.cause = cause;
    while (ch.receivers.length > 0) this.#serve(ch.receivers, this.#end(ch));
    while (ch.senders.length > 0) this.#serve(ch.senders, this.#unsent(ch, (ch.senders[0] as Place).value));
    return this.#settle(call, "done");
  }

  cancel(source: number): void {
    this.#cancelled.add(source);
    for (const call of this.#calls) if (call.source === source) this.endWait(call, `reason ${source}`);
  }

  /** Ends a wait from outside, if it still lasts. */
  endWait(call: Call, outcome: string): void {
    if (call.expected !== undefined) return;
    call.expected = [outcome];
    this.#leave(call);
  }

  /**
   * A select that came out as `seen`. Among ready cases any may be chosen, so it is `seen` that tells which; then it must be right.
   */
  select(cases: readonly SelectCase[], value: number, source: number | undefined, seen: string, biased: boolean): Call {
    const call = this.#call(source);
    const refused = this.#refused(source);
    if (refused !== undefined) return this.#settle(call, refused);
    let ready = cases.map((_, i) => i).filter((i) => this.#ready(cases[i] as SelectCase));
    if (biased) ready = ready.slice(0, 1);
    if (ready.length === 0) {
      for (const [i, { kind, ch }] of cases.entries()) {
        const { receivers, senders } = this.#channel(ch);
        (kind === "recv" ? receivers : senders).push({ call, value, tell: (outcome) => told(i, outcome) });
      }
      return call;
    }
    // Cases that fail change nothing, so any of them can be tried out; of the others the one that was seen is done.
    const failing = ready.filter((i) => this.#failure(cases[i] as SelectCase, value) !== undefined);
    const chosen = ready.find((i) => !failing.includes(i) && seen.startsWith(`${i}: `));
    if (chosen !== undefined) {
      const { kind, ch } = cases[chosen] as SelectCase;
      const outcome = kind === "recv" ? this.#take(ch) : this.#give(ch, value);
      return this.#settle(call, told(chosen, outcome as string));
    }
    const failures = failing.map((i) => this.#failure(cases[i] as SelectCase, value) as string);
    call.expected = failures.length > 0 ? failures : [`one of the cases ${ready.join(", ")}`];
    return call;
  }

  /** What happens when everything that was served has had its microtasks. */
  endStep(): void {
    for (const { call, ch, max, first } of this.#many.splice(0)) {
      call.expected = [`many ${this.#takeAlong(ch, first, max)}`];
    }
  }

  /** I1 to I5, which hold for any channel between two steps. `both`: a select may stand in both queues of an unbuffered channel. */
  violation(): string | undefined {
    for (const [at, ch] of this.channels.entries()) {
      const { buffer, receivers, senders, closed, capacity } = ch;
      const same = receivers.every((one) => senders.every((other) => one.call === other.call));
      if (receivers.length > 0 && senders.length > 0 && !(capacity === 0 && same)) return `I1 on channel ${at}`;
      if (buffer.length > 0 && receivers.length > 0) return `I2 on channel ${at}`;
      if (buffer.length < capacity && senders.length > 0) return `I3 on channel ${at}`;
      if (closed && receivers.length + senders.length > 0) return `I5 on channel ${at}`;
      const settled = [...receivers, ...senders].some((place) => place.call.expected !== undefined);
      if (settled) return `I6 on channel ${at}`;
    }
    return undefined;
  }

  #channel(at: number): Channel {
    return this.channels[at] as Channel;
  }

  #call(source: number | undefined): Call {
    const call: Call = { source, expected: undefined };
    this.#calls.push(call);
    return call;
  }

  #settle(call: Call, outcome: string | undefined): Call {
    if (outcome !== undefined) call.expected = [outcome];
    return call;
  }

  #refused(source: number | undefined): string | undefined {
    return source !== undefined && this.#cancelled.has(source) ? `reason ${source}` : undefined;
  }

  #take(at: number): string | undefined {
    const ch = this.#channel(at);
    const [sender] = ch.senders;
    if (sender !== undefined) {
      ch.buffer.push(sender.value);
      this.#serve(ch.senders, "sent");
    }
    if (ch.buffer.length > 0) return `value ${ch.buffer.shift()}`;
    return ch.closed ? this.#end(ch) : undefined;
  }

  #give(at: number, value: number): string | undefined {
    const ch = this.#channel(at);
    if (ch.closed) return this.#unsent(ch, value);
    if (ch.receivers.length > 0) this.#serve(ch.receivers, `value ${value}`);
    else if (ch.buffer.length < ch.capacity) ch.buffer.push(value);
    else return undefined;
    return "sent";
  }

  #takeAlong(at: number, first: number, max: number): string {
    const values = [first];
    while (values.length < max) {
      const outcome = this.#take(at);
      if (outcome === undefined || !outcome.startsWith("value ")) break;
      values.push(Number(outcome.slice(6)));
    }
    return values.join();
  }

  #end(ch: Channel): string {
    return ch.cause === undefined ? "end" : `reason ${ch.cause}`;
  }

  #unsent(ch: Channel, value: number): string {
    return `unsent ${value}, cause ${ch.cause}`;
  }

  #ready({ kind, ch }: SelectCase): boolean {
    const { buffer, receivers, senders, closed, capacity } = this.#channel(ch);
    if (kind === "recv") return buffer.length > 0 || senders.length > 0 || closed;
    return receivers.length > 0 || buffer.length < capacity || closed;
  }

  #failure({ kind, ch: at }: SelectCase, value: number): string | undefined {
    const ch = this.#channel(at);
    if (!ch.closed) return undefined;
    if (kind === "send") return this.#unsent(ch, value);
    return ch.buffer.length === 0 && ch.cause !== undefined ? this.#end(ch) : undefined;
  }

  // The first of the queue is served. A select may stand there several times: then any of those cases is the one.
  #serve(queue: Place[], outcome: string): void {
    const { call } = queue[0] as Place;
    call.expected = queue.filter((place) => place.call === call).map((place) => place.tell(outcome));
    this.#leave(call);
  }

  #leave(call: Call): void {
    for (const ch of this.channels) {
      const others = (place: Place): boolean => place.call !== call;
      // In place: a loop above is looking at these very arrays.
      ch.receivers.splice(0, Number.POSITIVE_INFINITY, ...ch.receivers.filter(others));
      ch.senders.splice(0, Number.POSITIVE_INFINITY, ...ch.senders.filter(others));
    }
  }
}

// Errors come as they are; a select tells which case it was for what its handler got.
function told(at: number, outcome: string): string {
  return outcome.startsWith("reason ") || outcome.startsWith("unsent ") ? outcome : `${at}: ${outcome}`;
}
