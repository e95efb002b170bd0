import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import express, { type RequestHandler } from "express";

// The same from the sources and from what is built of them.
const root = dirname(createRequire(import.meta.url).resolve("datacenter-finder/package.json"));

/** Serves the page that is built: the files with a hash in their names for ever, the rest never without asking. */
export function page(): RequestHandler {
  return express.static(join(root, "dist/page"), {
    etag: true,
    setHeaders: (response, path) => {
      const isHashed = dirname(path).endsWith("assets");
      response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}
