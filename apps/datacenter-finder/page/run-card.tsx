import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Drawing } from "./drawing.tsx";
import type { Run } from "./run.ts";
import { drawTimeline } from "./timeline-chart.ts";
import { countOf, moodOf, verdictOf } from "./words.ts";

interface RunCardProps {
  readonly run: Run;
  readonly summary: string;
  readonly span: number;
  readonly now: number;
}

/** One strategy's find: what it does, how it stands, and its timeline. */
export function RunCard({ run, summary, span, now }: RunCardProps): JSX.Element {
  const { strategy, state, rows } = run;
  const draw = useCallback((width: number) => drawTimeline(run, { width, span, now }), [run, span, now]);
  return (
    <article class="card" data-strategy={strategy} data-state={state} aria-labelledby={`heading-${strategy}`}>
      <header>
        <h2 id={`heading-${strategy}`}>{strategy}</h2>
        <p>{summary}</p>
        {rows.length > 0 && <p class="count">{countOf(run)}</p>}
      </header>
      <p class={`verdict ${moodOf(run)}`}>{verdictOf(run)}</p>
      {rows.length > 0 && <Drawing draw={draw} />}
    </article>
  );
}
