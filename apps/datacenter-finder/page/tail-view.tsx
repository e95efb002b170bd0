import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { TailResults } from "./tail-results.tsx";
import { useTail } from "./use-tail.ts";

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
      <form onSubmit={submit} onKeyDown={({ key }) => key === "Escape" && stop()}>
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
        <p class="progress" role="status">
          {tail.state === "running" && `Measuring: ${tail.results.length} of 8 strategies`}
        </p>
      </form>
      {tail.problem !== undefined && (
        <p class="problem" role="alert">
          {tail.problem}
        </p>
      )}
      {tail.results.length > 0 && <TailResults results={tail.results} />}
    </section>
  );
}
