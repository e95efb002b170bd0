import { Exploration } from "../../src/exploration.ts";
import { Explorer } from "../../src/explorer.ts";
import type { StrategyName } from "../../src/explore-options.ts";
import { searchFor } from "../../src/search-for.ts";
import { Session } from "../../src/session.ts";

/** Explores to the end, failures included: they are outcomes. */
export async function outcomesOf(body: () => unknown, strategy: StrategyName, limit = 1_000_000): Promise<Exploration> {
  const session = Session.open();
  try {
    const explorer = new Explorer(session, body, { maxSteps: 10_000, anyOrder: false, leaks: true });
    return await explorer.run(searchFor(strategy, 1, limit), new Exploration(strategy, undefined), {
      limit,
      goOn: true,
    });
  } finally {
    session.close();
  }
}
