/** How the asking of one datacenter can end. */
export type Ending =
  | { readonly type: "answered"; readonly found: boolean }
  | { readonly type: "failed"; readonly reason: unknown }
  | { readonly type: "cancelled"; readonly reason: unknown };

/** What happens in a find, as it happens; `at` is in milliseconds from its beginning. */
export type FindEvent = ({ readonly type: "started" } | Ending) & {
  readonly datacenter: string;
  readonly at: number;
};
