/*
 * A datacenter that is to be killed: takes requests, tells of each, and never answers. Told over the channel where it listens first.
 */
import { RawServer } from "./raw-server.ts";

const server = await RawServer.start(() => process.send?.("asked"));
process.send?.({ url: server.url });
