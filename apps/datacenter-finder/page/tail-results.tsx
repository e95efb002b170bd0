import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import type { TailResult } from "../src/tail/tail-result.ts";
import { Drawing } from "./drawing.tsx";
import { drawLoad } from "./load-chart.ts";
import { drawTail } from "./tail-chart.ts";
import { formatMs } from "./words.ts";

/** What was measured: how long finds took, what they cost, and both in numbers. */
export function TailResults({ results }: { readonly results: readonly TailResult[] }): JSX.Element {
  const tail = useCallback((width: number) => drawTail(results, width), [results]);
  const load = useCallback((width: number) => drawLoad(results, width), [results]);
  return (
    <>
      <div class="tail-charts">
        <figure class="card">
          <figcaption>How long a find takes</figcaption>
          <Drawing draw={tail} />
        </figure>
        <figure class="card">
          <figcaption>What it costs</figcaption>
          <Drawing draw={load} />
        </figure>
      </div>
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
                  <span class="dot" style={{ background: `var(--series-${strategy})` }} /> {strategy}
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
