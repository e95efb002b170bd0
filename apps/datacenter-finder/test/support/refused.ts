/** Asks until nobody answers: waits until a service's port is closed. */
export async function refused(url: string): Promise<void> {
  for (;;) {
    try {
      await (await fetch(`${url}/healthz`, { headers: { connection: "close" } })).text();
    } catch {
      return; // Nobody listens: what was waited for.
    }
  }
}
