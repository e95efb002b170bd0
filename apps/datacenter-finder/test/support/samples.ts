/** What a service measures, as its `/metrics` says it: for example `finder_hedges_won_total` or `finder_requests_total{strategy="hedged",outcome="found"}`. */
export async function samplesOf(url: string): Promise<Readonly<Record<string, number>>> {
  const response = await fetch(`${url}/metrics`);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end))];
    }),
  );
}

/** Those in flight. */
export function inFlightOf(samples: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(samples).filter(([name]) => /_in_flight(\{|$)/.test(name)));
}
