import pino, { type DestinationStream, type Logger } from "pino";

/** Where a header that is a secret could stand, should anybody ever log one. */
const secrets = ["authorization", "cookie", "set-cookie"].flatMap((name) => [
  `["${name}"]`,
  `*["${name}"]`,
  `*.headers["${name}"]`,
]);

/** The log: one JSON object a line, without secrets. */
export function createLogger(level: string, to: DestinationStream): Logger {
  return pino({ level, base: null, redact: { paths: secrets, censor: "***" } }, to);
}
