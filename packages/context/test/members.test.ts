import { describe, expect, it } from "vitest";
import { background, fromSignal, withCancel, withTimeout } from "../src/index.ts";
import { membersOf } from "./support/members-of.ts";

describe("no member of a context has the name of an option", () => {
  const members = membersOf(withTimeout(background(), Number.POSITIVE_INFINITY));

  it("these are all there are", () => {
    expect(members).toEqual(["cancel", "cause", "deadline", "done", "err", "label", "signal", "value"]);
    const ctxs = [background(), withCancel(background()), fromSignal(new AbortController().signal)];
    for (const ctx of ctxs) expect(members).toEqual(expect.arrayContaining(membersOf(ctx)));
  });

  // What the standards and Node's documentation list, also of APIs that this platform may not have, and of versions to come.
  it.each<[string, string]>([
    ["addEventListener", "capture once passive"],
    [
      "fetch",
      "method headers body referrer referrerPolicy mode credentials cache redirect integrity keepalive window duplex priority " +
        "dispatcher attributionReporting browsingTopics privateToken targetAddressSpace next agent compress follow size timeout",
    ],
    [
      "http.request",
      "agent auth createConnection defaultPort family headers hints host hostname insecureHTTPParser joinDuplicateHeaders " +
        "localAddress localPort lookup maxHeaderSize method path port protocol setDefaultHeaders setHost socketPath timeout " +
        "uniqueHeaders ca cert ciphers clientCertEngine crl dhparam ecdhCurve honorCipherOrder key passphrase pfx " +
        "rejectUnauthorized secureOptions secureProtocol servername sessionIdContext highWaterMark",
    ],
    [
      "child_process",
      "cwd env argv0 stdio detached uid gid serialization shell windowsVerbatimArguments windowsHide timeout killSignal encoding " +
        "maxBuffer execPath execArgv silent input",
    ],
    [
      "fs",
      "encoding flag flags mode flush persistent recursive overflow maxQueue ignore throwIfNoEntry bigint fd autoClose emitClose start end fs",
    ],
    ["timers and events", "ref close highWaterMark lowWaterMark"],
    [
      "streams",
      "end preventClose preventAbort preventCancel error readable writable rethrow cleanup concurrency objectMode autoDestroy " +
        "decodeStrings defaultEncoding read write writev destroy final construct transform allowHalfOpen",
    ],
    [
      "net and dgram",
      "port host path backlog exclusive readableAll writableAll ipv6Only reusePort type reuseAddr lookup",
    ],
    [
      "web locks, scheduler, credentials",
      "mode ifAvailable steal priority delay mediation password federated publicKey otp",
    ],
    ["test runners", "concurrency only skip todo timeout plan retry repeats"],
  ])("%s", (_, options) => {
    expect(members.filter((name) => options.split(" ").includes(name))).toEqual([]);
  });
});
