import type { JSX } from "preact";
import type { Run } from "./run.ts";
import { formatMs, verdictOf } from "./words.ts";

/** All strategies side by side, in numbers. */
export function Summary({ runs }: { readonly runs: readonly Run[] }): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label="Side by side, in numbers" tabIndex={0}>
      <table>
        <caption>Side by side</caption>
        <thead>
          <tr>
            {["strategy", "result"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {["time", "asked", "answered", "cancelled", "failed"].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <SummaryRow key={run.strategy} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SummaryRow({ run }: { readonly run: Run }): JSX.Element {
  const { strategy, report } = run;
  if (report === undefined) {
    return (
      <tr>
        <th scope="row">{strategy}</th>
        <td colSpan={6}>{verdictOf(run)}</td>
      </tr>
    );
  }
  const count = (outcome: string) => report.datacenters.filter((one) => one.outcome === outcome).length;
  const asked = report.datacenters.length - count("not started");
  const numbers = [formatMs(report.elapsed), asked, count("answered"), count("cancelled"), count("failed")];
  return (
    <tr>
      <th scope="row">{strategy}</th>
      <td>{report.result === "found" ? `found in ${report.datacenter}` : report.result}</td>
      {numbers.map((number, column) => (
        <td key={column} class="number">
          {number}
        </td>
      ))}
    </tr>
  );
}
