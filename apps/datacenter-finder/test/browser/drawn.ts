import type { Page } from "playwright";

/** A bar as it is drawn: what it says it is, and where it lies on the time axis, in milliseconds. */
export interface DrawnBar {
  readonly told: string;
  readonly from: number;
  readonly to: number;
}

export interface Drawn {
  readonly rows: readonly string[];
  readonly asked: readonly DrawnBar[];
  readonly waiting: readonly DrawnBar[];
  /** What stands in the outlines. */
  readonly waited: readonly string[];
  /** Where the hedge marks are, in milliseconds. */
  readonly hedges: readonly number[];
  /** How many milliseconds a pixel is wide: nothing can be told more exactly. */
  readonly pixel: number;
}

/** Reads a timeline from what is on the screen: positions are measured, and translated by the labels of the axis. */
export async function drawnTimeline(page: Page, strategy: string): Promise<Drawn> {
  return page.locator(`article[data-strategy="${strategy}"] svg`).evaluate((svg) => {
    const all = <T extends Element>(selector: string) => [...svg.querySelectorAll<T & SVGGraphicsElement>(selector)];
    const left = (element: Element) => element.getBoundingClientRect().left;
    const middle = (element: Element) => left(element) + element.getBoundingClientRect().width / 2;

    const ticks = all('[aria-label="x-axis tick label"] text').map((text) => ({
      x: middle(text),
      ms: Number(text.textContent?.replaceAll(",", "")),
    }));
    const [first, last] = [ticks[0], ticks.at(-1)] as [(typeof ticks)[0], (typeof ticks)[0]];
    const pixel = (last.ms - first.ms) / (last.x - first.x);
    const time = (x: number) => first.ms + (x - first.x) * pixel;

    const isOutline = (rect: Element) => !rect.hasAttribute("fill");
    const barOf = (rect: Element) => {
      const box = rect.getBoundingClientRect();
      return { told: rect.getAttribute("aria-label") ?? "", from: time(box.left), to: time(box.right) };
    };
    const bars = all('[aria-label="bar"] rect');
    return {
      rows: all('[aria-label="y-axis tick label"] text').map((text) => text.textContent ?? ""),
      asked: bars.filter((rect) => !isOutline(rect)).map(barOf),
      waiting: bars.filter(isOutline).map(barOf),
      waited: all(".waited text").map((text) => text.textContent ?? ""),
      hedges: all(".hedges line").map((line) => time(middle(line))),
      pixel,
    };
  });
}
