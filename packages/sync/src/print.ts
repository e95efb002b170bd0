/** How a primitive shows itself: `Mutex("db", locked, 3 waiting)`. */
export function print(kind: string, name: string | undefined, state: string, waiting = 0): string {
  const own = name === undefined ? "" : `${JSON.stringify(name)}, `;
  return `${kind}(${own}${state}${waiting > 0 ? `, ${waiting} waiting` : ""})`;
}
