import { createServer, type RequestListener, type Server } from "node:http";
import { onTestFinished } from "vitest";
import { listen } from "../../src/listen.ts";

/** A server on loopback for one test, and where it is. */
export async function serve(listener: RequestListener): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(listener);
  const port = await listen(server, 0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url: `http://127.0.0.1:${port}`, port };
}
