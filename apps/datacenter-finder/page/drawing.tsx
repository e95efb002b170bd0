import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useWidth } from "./use-width.ts";

interface DrawingProps {
  /** Makes the chart. Give the same function as long as it would make the same. */
  readonly draw: (width: number) => Element;
  readonly class?: string;
}

/** A chart, as wide as there is room. */
export function Drawing({ draw, class: name = "chart" }: DrawingProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useLayoutEffect(() => {
    if (width > 0) box.current?.replaceChildren(draw(width));
  }, [draw, width]);
  return <div class={name} ref={box} />;
}
