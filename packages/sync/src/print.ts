/** How a primitive shows itself: `Mutex("db", locked, 3 waiting)`. */
export function print(kind: string, name: string | undefined, state: readonly (string | false)[]): string {
  const parts = name === undefined ? [] : [JSON.stringify(name)];
  for (const part of state) if (part !== false) parts.push(part);
  return `${kind}(${parts.join(", ")})`;
}
