/*
 * Asks servers, in a process of its own, so that its processor time is not theirs: told a port and how many requests over the channel, it says when
 * all have been answered.
 */
import { Agent, get } from "node:http";

const connections = 8;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function ask(port) {
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path: "/v1/find/server-1", agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`expected status 200, got ${response.statusCode}`));
      response.resume().once("end", resolve);
    }).once("error", reject);
  });
}

process.on("message", async ({ port, count }) => {
  let left = count;
  const one = async () => {
    while (left-- > 0) await ask(port);
  };
  await Promise.all(Array.from({ length: connections }, one));
  process.send("done");
});
