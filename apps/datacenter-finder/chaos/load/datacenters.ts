/*
 * The datacenters of the load runs, in a process of their own: each answers after its time, and has everything. Told over the channel where they
 * listen, as a fleet file.
 */
import { createServer } from "node:http";
import { datacenters as workshop } from "../../src/fleet/workshop.ts";
import { listen } from "../../src/listen.ts";

const datacenters = await Promise.all(
  workshop.slice(0, 3).map(async ({ name, delay, weight }) => {
    const server = createServer((_, response) => {
      const timer = setTimeout(() => response.end("{}"), delay);
      response.once("close", () => clearTimeout(timer));
    });
    const port = await listen(server, 0, "127.0.0.1");
    return { name, weight, url: `http://127.0.0.1:${port}/{resource}` };
  }),
);
process.send?.({ datacenters });
