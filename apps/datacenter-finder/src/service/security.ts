import type { RequestHandler } from "express";
import helmet from "helmet";

/** What a browser may do with what we send: run our own scripts and styles, ask us, and nothing else. */
export function security(): RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
        // No script may make markup of text.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: none,
      },
    },
    // For whoever puts TLS in front of it to say: it itself speaks HTTP, and mostly on localhost.
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
  });
}
