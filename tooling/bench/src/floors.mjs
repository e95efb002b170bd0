/**
 * The least that a program can do: as many tasks, each with as many awaits as it has calls that may wait, and nothing else. `await null`
 * makes a promise each time, as such a call must; the other floor awaits one that is resolved already and that all share.
 */
const resolved = Promise.resolve();

async function making(n) {
  for (let i = 0; i < n; i++) await null;
}

async function sharing(n) {
  for (let i = 0; i < n; i++) await resolved;
}

/** Both floors, as candidates, of a program whose tasks await so often each for each operation. */
export function floors(tasks) {
  const all = (task) => (operations) => Promise.all(tasks.map((awaits) => task(operations * awaits)));
  return [
    { name: "floor", role: "floor", run: all(making) },
    { name: "floor, promise shared", role: "floor", run: all(sharing) },
  ];
}
