import type { JSX } from "preact";
import { kinds } from "./words.ts";

/** What the colours and lines of the timelines mean. */
export function Key({ hedgeDelay }: { readonly hedgeDelay: number | undefined }): JSX.Element {
  return (
    <ul class="key">
      {Object.entries(kinds).map(([kind, words]) => (
        <li key={kind} class={kind}>
          {words}
        </li>
      ))}
      <li class="hedge">{hedgeDelay === undefined ? "the hedge" : `the hedge: ${hedgeDelay} ms without an answer`}</li>
      <li class="end">the find has ended</li>
    </ul>
  );
}
