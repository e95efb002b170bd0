import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { datacentersOf } from "./datacenters.mjs";
import { byHandOf, oursOf } from "./handlers.mjs";

/** Both handlers, each on a server of its own, and one client for them in another process; all of it started when it is first asked. */
export function served(strategy) {
  let starting;
  const ask = async (who, count) => {
    starting ??= start(strategy);
    const { ports, ask } = await starting;
    await ask(ports[who], count);
  };
  return [
    { name: "datacenter-finder", role: "ours", run: (count) => ask("ours", count) },
    { name: "by hand", role: "plain", run: (count) => ask("byHand", count) },
  ];
}

async function start(strategy) {
  const client = fork(fileURLToPath(new URL("client.mjs", import.meta.url)), { execArgv: [] });
  // It ends with this process, which needs it no longer than it measures.
  client.unref();
  client.channel.unref();
  process.once("exit", () => client.kill());
  const ask = async (port, count) => {
    client.channel.ref();
    client.send({ port, count });
    await once(client, "message");
    client.channel.unref();
  };

  const ours = await listening(oursOf(strategy, datacentersOf(strategy)));
  const byHand = await listening(byHandOf(strategy, datacentersOf(strategy)));
  const [one, other] = await Promise.all([answerOf(ours), answerOf(byHand)]);
  if (one !== other) throw new Error(`${strategy}: expected the same answer of both, got ${one} and ${other}`);
  return { ports: { ours, byHand }, ask };
}

async function listening(handler) {
  const server = createServer(handler).listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return server.address().port;
}

// But for the times, and for why one was told to stop: both must have done the same.
async function answerOf(port) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/find/server-1`);
  return JSON.stringify(await response.json(), (key, value) =>
    ["elapsed", "startedAt", "endedAt", "reason"].includes(key) ? undefined : value,
  );
}
