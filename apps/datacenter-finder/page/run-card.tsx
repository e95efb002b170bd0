import type { JSX } from "preact";
import type { Run } from "./run.ts";
import { Timeline } from "./timeline.tsx";
import { moodOf, verdictOf } from "./words.ts";

interface RunCardProps {
  readonly run: Run;
  readonly summary: string;
  readonly span: number;
  readonly now: number;
}

/** One strategy's find: what it does, how it stands, and its timeline. */
export function RunCard({ run, summary, span, now }: RunCardProps): JSX.Element {
  const { strategy, state, rows } = run;
  return (
    <article class="card" data-strategy={strategy} data-state={state} aria-labelledby={`heading-${strategy}`}>
      <h2 id={`heading-${strategy}`}>
        {strategy} <small>{summary}</small>
      </h2>
      <p class={`verdict ${moodOf(run)}`}>{verdictOf(run)}</p>
      {rows.length > 0 && <Timeline run={run} span={span} now={now} />}
    </article>
  );
}
