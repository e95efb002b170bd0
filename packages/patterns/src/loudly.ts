/** As `fn`, for code of the user's that only looks on: what it throws is an unhandled rejection, and of no effect on who calls it. */
export function loudly<Event>(fn: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      fn(event);
    } catch (error) {
      void Promise.reject(error);
    }
  };
}
