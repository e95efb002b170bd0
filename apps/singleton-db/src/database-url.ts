import type { ClientConfig } from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { Failure, reasonOf } from "./failure.ts";

/** Reads a DATABASE_URL. What it says in error never shows the URL, which may hold a password. */
export function parseDatabaseUrl(url: string): ClientConfig {
  if (!/^postgres(ql)?:\/\/./i.test(url)) {
    throw new Failure("DATABASE_URL: expected a URL like postgres://user:password@localhost:5432/database");
  }
  try {
    return parseIntoClientConfig(url);
  } catch (error) {
    throw new Failure(
      `DATABASE_URL: expected a URL like postgres://user:password@localhost:5432/database (${reasonOf(error)})`,
    );
  }
}
