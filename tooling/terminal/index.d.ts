export interface RunOptions {
  /** Variables beside PATH, HOME and the like; nothing else of our own environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number | undefined;
  readonly ended: Promise<Ended>;
  kill(signal?: NodeJS.Signals): boolean;
  /** Waits until the program has printed `text`; gives all it printed. Rejects if it ends without. */
  printed(text: string): Promise<string>;
}

/** Starts a program as a child process, on pipes. */
export function start(command: string, args?: readonly string[], options?: RunOptions): Started;

/** Runs a program to its end, on pipes. */
export function run(command: string, args?: readonly string[], options?: RunOptions): Promise<Ended>;

export interface TerminalOptions extends RunOptions {
  readonly columns?: number;
  readonly rows?: number;
}

/** One place of the screen: what stands there, and how. */
export interface Cell {
  getChars(): string;
  getWidth(): number;
  getFgColor(): number;
  getBgColor(): number;
  isFgPalette(): boolean;
  isFgRGB(): boolean;
  isBgPalette(): boolean;
  isBgRGB(): boolean;
  isBold(): number;
  isDim(): number;
  isInverse(): number;
}

export interface Buffer {
  readonly baseY: number;
  readonly length: number;
  getLine(y: number): { readonly length: number; getCell(x: number): Cell | undefined } | undefined;
}

/** A program in a pseudo-terminal, and the screen that a person would see. */
export class Terminal {
  constructor(command: string, args?: readonly string[], options?: TerminalOptions);
  readonly pid: number;
  readonly ended: Promise<{ readonly status: number; readonly signal: number | undefined }>;
  readonly buffer: Buffer;
  /** All that the program has written, control sequences included. */
  readonly raw: string;
  /** The whole of the text, what has scrolled off included. */
  text(): string;
  /** The screen as it is now. */
  screen(): string;
  /** Waits until the screen shows something; rejects if the program ends without. */
  shows(what: string | RegExp): Promise<string>;
  /** Types. `"\x03"` is Ctrl-C. */
  type(keys: string): void;
  kill(signal?: string): void;
}
