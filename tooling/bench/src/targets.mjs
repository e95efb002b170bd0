/*
 * What a scenario has to reach. A target is made with its bound, and judged once the figures are there: it then says in words what was
 * asked, the value, the bound, and whether it is met. Ours is the first candidate of the scenario.
 */

const times = (value) => `${value < 0.1 ? value.toPrecision(2) : value.toFixed(2)}x`;

/** Ours takes at most so many times what `of` takes. */
export function atMost(bound, of) {
  return judged(`at most ${bound}x ${of}`, [of], ({ ours, figures }) => most(ours / figures[of].value, bound, times));
}

/** `of` takes at least so many times what ours takes. */
export function fasterThan(bound, of) {
  return judged(faster(bound, of), [of], ({ ours, figures }) => least(figures[of].value / ours, bound, times));
}

/** Every peer takes longer than ours, by so many times; `which` tells from its figures and notes whether a peer counts. */
export function fasterThanEveryPeer(bound = 1, { which = () => true, words = "every peer" } = {}) {
  return judged(faster(bound, words), [], ({ ours, figures }) => {
    const peers = Object.entries(figures).filter(([name, { role }]) => role === "peer" && which(name));
    if (peers.length === 0) return { unknown: "no peer was measured" };
    const [fastest, { value }] = peers.reduce((a, b) => (b[1].value < a[1].value ? b : a));
    return { ...least(value / ours, bound, times), beside: fastest };
  });
}

/** `first` is at most so many times `second`, by the names of the candidates. */
export function ratioAtMost(bound, first, second, claim) {
  return judged(claim, [first, second], ({ figures }) =>
    most(figures[first].value / figures[second].value, bound, times),
  );
}

/** Ours, or the candidate of that name, is at most so much, in the scenario's unit. */
export function below(bound, of) {
  return judged(
    (unit) => `${of === undefined ? "" : `${of} `}at most ${bound} ${unit}`,
    of === undefined ? [] : [of],
    ({ ours, figures, unit }) => most(of === undefined ? ours : figures[of].value, bound, inUnit(unit)),
  );
}

/** Ours is at least so much, in the scenario's unit. */
export function above(bound) {
  return judged(
    (unit) => `at least ${bound.toLocaleString("en")} ${unit}`,
    [],
    ({ ours, unit }) => least(ours, bound, inUnit(unit)),
  );
}

function faster(bound, of) {
  return bound === 1 ? `faster than ${of}` : `at least ${bound}x faster than ${of}`;
}

function inUnit(unit) {
  return (value) => `${value.toLocaleString("en", { maximumSignificantDigits: 3 })} ${unit}`;
}

function judged(claim, needs, judge) {
  return ({ unit, figures, cannot }) => {
    const words = typeof claim === "string" ? claim : claim(unit);
    const missing = needs.find((name) => figures[name] === undefined);
    if (missing !== undefined) return { claim: words, unknown: `${missing}: ${cannot[missing] ?? "not measured"}` };
    const ours = Object.values(figures)[0].value;
    return { claim: words, ...judge({ ours, figures, unit }) };
  };
}

function most(value, bound, show) {
  return { value, bound, shown: show(value), met: value <= bound, missedBy: Math.max(0, value / bound - 1) };
}

function least(value, bound, show) {
  return { value, bound, shown: show(value), met: value >= bound, missedBy: Math.max(0, bound / value - 1) };
}

/** How a judged target stands, in words. */
export function standing({ met, missedBy, shown, beside, unknown }) {
  if (unknown !== undefined) return `not known (${unknown})`;
  const by = beside === undefined ? shown : `${shown}, the nearest is ${beside}`;
  return met ? `met: ${by}` : `missed by ${(missedBy * 100).toFixed(missedBy < 0.1 ? 1 : 0)} %: ${by}`;
}
