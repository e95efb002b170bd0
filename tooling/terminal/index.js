import { spawn } from "node:child_process";
import { spawn as spawnPty } from "@lydell/node-pty";
import xterm from "@xterm/headless";

const eraseLine = "\x1b[2K";

/** What a child sees of the environment: nothing that makes a program think it runs in CI, or that changes its colours. */
function environment(extra) {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const env = { PATH, HOME, TMPDIR, SystemRoot, LANG: "C.UTF-8", ...extra };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

/** Starts a program as a child process, on pipes. */
export function start(command, args = [], { env = {}, cwd } = {}) {
  const child = spawn(command, args, { cwd, env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  const waiters = new Set();
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    for (const waiter of waiters) waiter();
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => {
      resolve({ status, signal, stdout, stderr });
      for (const waiter of waiters) waiter();
    });
  });
  return {
    pid: child.pid,
    ended,
    kill: (signal) => child.kill(signal),
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve(stdout);
          else if (child.exitCode !== null || child.signalCode !== null) reject(missing(text, stdout + stderr));
          else return;
          waiters.delete(look);
        };
        waiters.add(look);
        look();
      }),
  };
}

/** Runs a program to its end, on pipes. */
export function run(command, args, options) {
  return start(command, args, options).ended;
}

/** A program in a pseudo-terminal, and the screen that a person would see. */
export class Terminal {
  #pty;
  #screen;
  #waiters = new Set();
  #status;
  #seen = "";

  constructor(command, args = [], { env = {}, cwd, columns = 80, rows = 24 } = {}) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
    this.#pty = spawnPty(command, args, {
      name: "xterm-256color",
      cols: columns,
      rows,
      cwd,
      env: environment({ TERM: "xterm-256color", ...env }),
    });
    this.#pty.onData((data) => {
      this.#seen += data;
      // What is on the screen before it is drawn anew is looked at too, though it may come in one piece with what follows.
      for (const [at, piece] of data.split(eraseLine).entries()) {
        this.#screen.write(at === 0 ? piece : eraseLine + piece, () => this.#look());
      }
    });
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        // What is still on its way to the screen is shown first.
        this.#screen.write("", () => {
          this.#status = { status: exitCode, signal: signal || undefined };
          resolve(this.#status);
          this.#look();
        });
      });
    });
  }

  get pid() {
    return this.#pty.pid;
  }

  /** The terminal behind the screen. */
  get buffer() {
    return this.#screen.buffer.active;
  }

  get raw() {
    return this.#seen;
  }

  /** The whole of the text, what has scrolled off included, without the empty lines at the end. */
  text() {
    const lines = [];
    for (let y = 0; y < this.buffer.length; y++) lines.push(this.buffer.getLine(y)?.translateToString(true) ?? "");
    return lines.join("\n").trimEnd();
  }

  /** The screen as it is now, without what has scrolled off. */
  screen() {
    const { baseY } = this.buffer;
    const lines = [];
    for (let y = 0; y < this.#screen.rows; y++)
      lines.push(this.buffer.getLine(baseY + y)?.translateToString(true) ?? "");
    return lines.join("\n").trimEnd();
  }

  /** Waits until the screen shows something; rejects if the program ends without. */
  shows(what) {
    const matches = typeof what === "string" ? (text) => text.includes(what) : (text) => what.test(text);
    return new Promise((resolve, reject) => {
      const look = () => {
        const screen = this.screen();
        if (matches(screen)) resolve(screen);
        else if (this.#status !== undefined) reject(missing(what, this.text()));
        else return;
        this.#waiters.delete(look);
      };
      this.#waiters.add(look);
      look();
    });
  }

  /** Types. `"\x03"` is Ctrl-C. */
  type(keys) {
    this.#pty.write(keys);
  }

  kill(signal) {
    if (this.#status === undefined) this.#pty.kill(signal);
  }

  #look() {
    for (const waiter of this.#waiters) waiter();
  }
}

function missing(what, text) {
  return new Error(`the program has ended and never showed ${JSON.stringify(String(what))}; it showed:\n${text}`);
}
