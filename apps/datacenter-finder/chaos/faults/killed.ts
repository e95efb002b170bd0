import { on } from "node:events";
import { strategyNames } from "../../src/strategies.ts";
import { built } from "../child/built.ts";
import { Child } from "../child/child.ts";
import { ServiceChild } from "../child/service-child.ts";
import { left } from "../child/left.ts";
import { Client } from "../client.ts";
import type { Circumstance } from "./expected.ts";
import type { FaultyFleet } from "./faulty-fleet.ts";
import { type Trial, tryAll } from "./trial.ts";

/** A datacenter is killed when every strategy has asked it and waits. Gives what became of the finds, and what the service holds afterwards. */
export async function killed(
  fleet: FaultyFleet,
  circumstance: Circumstance,
): Promise<{ trials: Trial[]; left: Record<string, number> }> {
  await using datacenter = new Child(built("chaos/mortal.js"));
  const { url } = await datacenter.said<{ url: string }>();
  await using service = await ServiceChild.start({ fleet: fleet[circumstance.faulty](url), counts: true });
  const before = await service.held();
  const finding = trials(service, circumstance);
  let asked = 0;
  for await (const _ of on(datacenter.process, "message")) if (++asked === strategyNames.length) break;
  datacenter.kill("SIGKILL");
  return { trials: await finding, left: await left(service, before) };
}

async function trials(service: ServiceChild, circumstance: Circumstance): Promise<Trial[]> {
  using client = new Client(service.url);
  return await tryAll(client, "killed", "fails", circumstance);
}
