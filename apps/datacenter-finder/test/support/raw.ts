import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Raw {
  readonly socket: Socket;
  /** What was answered, when the other side has ended the connection. */
  readonly answer: Promise<string>;
}

/** Writes to a port what no client would write. */
export function raw(port: number, written: string): Raw {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.write(written);
  const answer = text(socket).catch((error: NodeJS.ErrnoException) => `${error.code}`);
  return { socket, answer };
}
