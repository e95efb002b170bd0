import type { JSX } from "preact";
import { FindForm } from "./find-form.tsx";
import { RunCard } from "./run-card.tsx";
import { Introduction } from "./introduction.tsx";
import { Key } from "./key.tsx";
import { hasEnded } from "./run.ts";
import { Summary } from "./summary.tsx";
import { TailView } from "./tail-view.tsx";
import { spanOf } from "./timeline-chart.ts";
import { useClock } from "./use-clock.ts";
import { useFinds } from "./use-finds.ts";
import { type Fleet, useFleet } from "./use-fleet.ts";
import { verdictOf } from "./words.ts";

export function App(): JSX.Element {
  const { fleet, problem } = useFleet();
  const { runs, find, stop } = useFinds();
  const now = useClock(runs);
  const span = spanOf(runs, now);
  const isBusy = runs.some((run) => !hasEnded(run));
  const summaryOf = (name: string) => fleet?.strategies.find((one) => one.name === name)?.summary ?? "";

  return (
    <main>
      <header>
        <h1>Datacenter finder</h1>
        <p>
          One question, {datacentersOf(fleet)}, eight ways to ask. Each bar is a real request: it ends where the answer
          came, or where the request was cancelled.
        </p>
      </header>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem} <a href="/">Try again</a>
        </p>
      )}
      {fleet !== undefined && (
        <FindForm
          strategies={fleet.strategies}
          isBusy={isBusy}
          onFind={(...args) => void find(...args)}
          onStop={stop}
        />
      )}
      <p class="hidden" role="status">
        {isBusy || runs.length === 0 ? "" : runs.map((run) => `${run.strategy}: ${verdictOf(run)}`).join(". ")}
      </p>
      {fleet !== undefined && runs.length === 0 && <Introduction fleet={fleet} />}
      {runs.length > 0 && (
        <section aria-label="Timelines">
          <Key hedgeDelay={fleet?.options.hedgeDelay} />
          <div class={runs.length > 1 ? "cards" : "cards single"}>
            {runs.map((run) => (
              <RunCard key={run.strategy} run={run} summary={summaryOf(run.strategy)} span={span} now={now(run)} />
            ))}
          </div>
          {runs.length > 1 && <Summary runs={runs} />}
        </section>
      )}
      {fleet !== undefined && <TailView />}
      <footer>
        <a href="/openapi.json">The service, described</a> <a href="/v1/datacenters">The fleet</a>
      </footer>
    </main>
  );
}

function datacentersOf(fleet: Fleet | undefined): string {
  const count = fleet?.datacenters.length ?? "several";
  return count === 1 ? "1 datacenter" : `${count} datacenters`;
}
