import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TailResult } from "../src/tail/tail-result.ts";
import { colorOf, drawTail } from "./tail-chart.ts";
import { useTail } from "./use-tail.ts";
import { useWidth } from "./use-width.ts";
import { formatMs } from "./words.ts";

/** Many finds by each strategy against a fleet with a long tail: how long they took, and what they cost. */
export function TailView(): JSX.Element {
  const { tail, run, stop } = useTail();
  const [finds, setFinds] = useState("200");
  const submit = (event: Event) => {
    event.preventDefault();
    void run(finds);
  };
  return (
    <section class="tail-view" aria-labelledby="tail-heading" data-state={tail.state}>
      <h2 id="tail-heading">The tail</h2>
      <p class="muted">
        Many finds by each strategy against three datacenters that answer in 10 to 20 ms, but one time in twenty in 200
        to 400. What does it cost not to wait for those?
      </p>
      <form onSubmit={submit}>
        <label>
          Finds by each strategy
          <input
            name="finds"
            value={finds}
            onInput={({ currentTarget }) => setFinds(currentTarget.value)}
            inputMode="numeric"
            autocomplete="off"
          />
        </label>
        <div class="buttons">
          <button type="submit">Measure</button>
          <button type="button" class="second" onClick={stop} disabled={tail.state !== "running"}>
            Cancel
          </button>
        </div>
      </form>
      {tail.state === "running" && <p role="status">Measuring: {tail.results.length} of 8 strategies</p>}
      {tail.problem !== undefined && (
        <p class="problem" role="alert">
          {tail.problem}
        </p>
      )}
      {tail.results.length > 0 && <TailResults results={tail.results} />}
    </section>
  );
}

function TailResults({ results }: { readonly results: readonly TailResult[] }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useLayoutEffect(() => {
    if (width > 0) box.current?.replaceChildren(drawTail(results, width));
  }, [results, width]);
  return (
    <>
      <div class="card chart" ref={box} />
      <div class="scroll" role="region" aria-label="The tail, in numbers" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">strategy</th>
              {["median", "90 %", "99 %", "longest", "requests a find"].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.map(({ strategy, p50, p90, p99, most, load }) => (
              <tr key={strategy}>
                <th scope="row">
                  <span class="dot" style={{ background: colorOf(strategy, results) }} /> {strategy}
                </th>
                {[p50, p90, p99, most].map((ms, column) => (
                  <td key={column} class="number">
                    {formatMs(ms)}
                  </td>
                ))}
                <td class="number">{load.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
