/**
 * A channel was used in a way that its being closed rules out: a send, or a second close.
 *
 * `value` is the value that was not sent, so that nothing is lost; `cause` is what the channel was closed with, if
 * it was closed with something.
 */
export class ClosedChannelError<T = unknown> extends Error {
  override readonly name = "ClosedChannelError";
  readonly code = "ERR_CHANNEL_CLOSED";
  readonly value: T | undefined;

  constructor(message: string, options: { value?: T; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.value = options.value;
  }
}
