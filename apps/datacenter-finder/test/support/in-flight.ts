/** How much was in flight after each event of a simulation. */
export function inFlight(events: readonly string[], weightOf: (name: string) => number): number[] {
  let weight = 0;
  return events.map((event) => {
    const [, name = "", type] = event.split(" ");
    weight += type === "started" ? weightOf(name) : -weightOf(name);
    return weight;
  });
}
