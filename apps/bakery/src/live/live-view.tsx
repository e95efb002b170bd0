import { render } from "ink";
import type { DayOptions, ShopEvent } from "../events.ts";
import type { Tally } from "../tally.ts";
import { isNotable, timeOfDay, wordsOf } from "../words.ts";
import { Places } from "./places.ts";
import { ShopView } from "./shop-view.tsx";

const frame = 50;
const newsLines = 6;

/** Shows the shop in the terminal while the day goes on. */
export class LiveView {
  readonly #tally: Tally;
  readonly #options: DayOptions;
  readonly #news: string[] = [];
  readonly #places: Places;
  readonly #ink: ReturnType<typeof render>;
  readonly #timer: NodeJS.Timeout;
  #isStale = false;

  constructor(tally: Tally, options: DayOptions) {
    this.#tally = tally;
    this.#options = options;
    this.#places = new Places(options.capacity);
    this.#ink = render(this.#draw(), { exitOnCtrlC: false });
    // Many events fall into one frame, at high speed thousands.
    this.#timer = setInterval(() => this.#refresh(), frame);
  }

  show(event: ShopEvent): void {
    this.#isStale = true;
    if (event.event === "enter") this.#places.enter(event.who, event.size, event.t);
    if (event.event === "leave") this.#places.leave(event.who);
    if (!isNotable(event)) return;
    const words = wordsOf(event);
    if (words === undefined) return;
    this.#news.push(`${timeOfDay(event.t)}  ${words}`);
    if (this.#news.length > newsLines) this.#news.shift();
  }

  /** Shows the last state, and leaves it on the screen. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStale = true;
    this.#refresh();
    this.#ink.unmount();
    await this.#ink.waitUntilExit();
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#ink.rerender(this.#draw());
  }

  #draw() {
    const columns = Math.min(process.stdout.columns || 80, 100);
    const places = this.#places.list(this.#options.capacity);
    return (
      <ShopView tally={this.#tally} places={places} options={this.#options} news={[...this.#news]} columns={columns} />
    );
  }
}
