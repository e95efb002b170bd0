/** THE database, as a program holds it: one open connection. */
export interface Database {
  /** The process on the server that serves this connection. */
  readonly id: number;
  close(): Promise<void>;
}

/** Opens a connection: slow, and costly for the server. */
export type Connect = () => Promise<Database>;

/** What the rest of a program calls whenever it needs THE database. */
export type GetDatabase = () => Promise<Database>;
