import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StrategyName } from "../src/strategies.ts";
import type { Question } from "./live-find.ts";
import type { Fleet } from "./use-fleet.ts";

interface FindFormProps {
  readonly strategies: Fleet["strategies"];
  readonly isBusy: boolean;
  readonly onFind: (question: Question, strategies: readonly StrategyName[]) => void;
  readonly onStop: () => void;
}

/** What to ask for, and how. Enter finds, Escape stops. */
export function FindForm({ strategies, isBusy, onFind, onStop }: FindFormProps): JSX.Element {
  const [resource, setResource] = useState("server-1");
  const [strategy, setStrategy] = useState<StrategyName | "all">("hedged");
  const [timeout, setTimeout] = useState("5s");

  // Wherever on the page: who has seen enough has seen it below the form.
  useEffect(() => {
    if (!isBusy) return;
    const stopAtEscape = ({ key }: KeyboardEvent) => key === "Escape" && onStop();
    addEventListener("keydown", stopAtEscape);
    return () => removeEventListener("keydown", stopAtEscape);
  }, [isBusy, onStop]);

  const submit = (event: Event) => {
    event.preventDefault();
    const names = strategies.map(({ name }) => name);
    onFind({ resource: resource.trim(), timeout: timeout.trim() }, strategy === "all" ? names : [strategy]);
  };

  return (
    <form onSubmit={submit}>
      <label class="wide">
        Resource
        <input
          name="resource"
          value={resource}
          onInput={({ currentTarget }) => setResource(currentTarget.value)}
          required
          autocomplete="off"
          spellcheck={false}
          placeholder="server-1"
        />
      </label>
      <label class="wider">
        Strategy
        <select
          name="strategy"
          value={strategy}
          onChange={({ currentTarget }) => setStrategy(currentTarget.value as StrategyName | "all")}
        >
          {strategies.map(({ name, summary }) => (
            <option key={name} value={name}>{`${name}: ${summary}`}</option>
          ))}
          <option value="all">all, side by side</option>
        </select>
      </label>
      <label>
        Timeout
        <input
          name="timeout"
          value={timeout}
          onInput={({ currentTarget }) => setTimeout(currentTarget.value)}
          size={6}
          autocomplete="off"
          placeholder="5s"
        />
      </label>
      <div class="buttons">
        <button type="submit">Find</button>
        <button type="button" class="second" onClick={onStop} disabled={!isBusy}>
          Stop
        </button>
      </div>
    </form>
  );
}
