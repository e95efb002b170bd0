import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Run } from "./run.ts";
import { drawTimeline } from "./timeline-chart.ts";
import { useWidth } from "./use-width.ts";

interface TimelineProps {
  readonly run: Run;
  readonly span: number;
  readonly now: number;
}

/** The chart of a run, as wide as there is room. */
export function Timeline({ run, span, now }: TimelineProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useLayoutEffect(() => {
    if (width > 0) box.current?.replaceChildren(drawTimeline(run, { width, span, now }));
  }, [run, span, now, width]);
  return <div class="chart" ref={box} />;
}
