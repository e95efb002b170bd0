import { strategyNames } from "../../src/strategies.ts";
import type { Client } from "../client.ts";
import { faults } from "../faults/faults.ts";

/** Draws a whole number from 0 to n - 1. */
export type Draw = (n: number) => number;

/** How a visit ended, for the visitor: by an answer of that status, by leaving, or by the loss of what was waited for. */
export type Visit = number | "left" | `lost: ${string}`;

const faultNames = Object.keys(faults);

/**
 * Somebody asks for something, by any strategy, among datacenters of which one misbehaves in any way; and stays for the answer or leaves at any moment
 * before it, without a word. Some ask for the same, and so share a find.
 */
export async function visit(client: Client, draw: Draw): Promise<Visit> {
  const strategy = strategyNames[draw(strategyNames.length)];
  const resource = `${faultNames[draw(faultNames.length)]}.${draw(20)}`;
  const leaves = draw(10) < 7;
  // Who leaves would wait for a minute: nothing but the leaving ends the find.
  const timeout = leaves ? "60s" : `${100 + draw(300)}ms`;
  let leaving: NodeJS.Timeout | undefined;
  let left = false;
  try {
    const { status } = await client.ask(`/v1/find/${resource}?strategy=${strategy}&timeout=${timeout}`, (request) => {
      if (!leaves) return;
      leaving = setTimeout(() => {
        left = true;
        request.destroy();
      }, draw(120));
    });
    return status;
  } catch (error) {
    return left ? "left" : `lost: ${(error as Error).message}`;
  } finally {
    clearTimeout(leaving);
  }
}
