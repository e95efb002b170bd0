import { describe, expect, it } from "vitest";
import catalogue from "../../src/fleet/catalogue.json" with { type: "json" };
import { resourcesOf } from "../../src/fleet/catalogue.ts";
import { datacenters } from "../../src/fleet/workshop.ts";
import { resourceSchema } from "../../src/resource.ts";

const names = datacenters.map(({ name }) => name);

describe("the catalogue", () => {
  it("has a few hundred resources, each with a name that can be asked for, in datacenters that exist", () => {
    const entries = Object.entries(catalogue);
    expect(entries.length).toBeGreaterThan(300);
    for (const [resource, where] of entries) {
      expect(resourceSchema.parse(resource)).toBe(resource);
      expect(where.length).toBeGreaterThan(0);
      expect(names).toEqual(expect.arrayContaining(where));
    }
  });

  it("has server-1 everywhere, and each of the others not everywhere", () => {
    for (const name of names) expect(resourcesOf(name).has("server-1")).toBe(true);
    const everywhere = Object.entries(catalogue).filter(([, where]) => where.length === names.length);
    expect(everywhere.map(([resource]) => resource)).toEqual(["server-1"]);
  });
});
