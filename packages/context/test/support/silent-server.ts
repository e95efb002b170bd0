import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vitest/config";

/**
 * For tests in a browser, on their own origin: what is asked for under `/silent/` is never answered to its end. Whoever asks for
 * `/silent-arrived?of=name` is answered when `/silent/name` has been asked for, and by `/silent-gone?of=name` when the one who
 * did so has gone.
 */
export function silentServer(): Plugin {
  const arrived = new Map<string, ServerResponse>();
  const came = new EventTarget();

  const silent = (request: IncomingMessage, response: ServerResponse): void => {
    const name = request.url?.slice(1) ?? "";
    // The head and a beginning: a fetch resolves, and its body goes on for ever.
    if (name.startsWith("body")) response.write("the beginning");
    arrived.set(name, response);
    came.dispatchEvent(new Event(name));
  };
  const nameIn = (request: IncomingMessage) => String(request.url).replace(/^.*of=/, "");
  const whenArrived = async (name: string): Promise<ServerResponse> => {
    if (!arrived.has(name)) await once(came, name);
    return arrived.get(name) as ServerResponse;
  };
  return {
    name: "silent-server",
    configureServer({ middlewares }) {
      middlewares.use("/silent/", silent);
      middlewares.use("/silent-arrived", (request, response) => {
        void whenArrived(nameIn(request)).then(() => response.end());
      });
      middlewares.use("/silent-gone", (request, response) => {
        void whenArrived(nameIn(request)).then(async (other) => {
          if (!other.closed) await once(other, "close");
          response.end();
        });
      });
    },
  };
}
