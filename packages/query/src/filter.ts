/** The parsed form of a query: what an entry has to meet. */
export type Filter =
  | { readonly op: "all" }
  | { readonly op: "and"; readonly filters: readonly Filter[] }
  | { readonly op: "or"; readonly filters: readonly Filter[] }
  /** The field holds exactly this string; an entry without the field does not match. */
  | { readonly op: "equals"; readonly field: string; readonly value: string };
