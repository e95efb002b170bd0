import type { JSX } from "preact";
import type { Fleet } from "./use-fleet.ts";

/** What there is to choose from, before anything was asked. */
export function Introduction({ fleet }: { readonly fleet: Fleet }): JSX.Element {
  return (
    <section class="card introduction" aria-label="The strategies">
      <p>Choose a strategy and press Find, or run all of them side by side.</p>
      <dl>
        {fleet.strategies.map(({ name, summary, datacenters }) => (
          <div key={name}>
            <dt>
              <span class="dot" style={{ background: `var(--series-${name})` }} /> {name}
            </dt>
            <dd>
              {summary} <small>{datacenters.join(", ")}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
