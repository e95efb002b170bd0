import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Run } from "./run.ts";
import { drawTimeline } from "./timeline-chart.ts";

interface TimelineProps {
  readonly run: Run;
  readonly span: number;
  readonly now: number;
}

/** The chart of a run, as wide as there is room. */
export function Timeline({ run, span, now }: TimelineProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(box.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width > 0) box.current?.replaceChildren(drawTimeline(run, { width, span, now }));
  }, [run, span, now, width]);

  return <div class="chart" ref={box} />;
}
