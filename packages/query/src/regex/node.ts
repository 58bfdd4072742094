/** Sorted, disjoint ranges of code points that do not touch: first, last, first, last, ... */
export type Ranges = readonly number[];

export type Assertion =
  | "textStart"
  | "textEnd"
  | "lineStart"
  | "lineEnd"
  | "wordBoundary"
  | "noWordBoundary";

/** A parsed regular expression. Which of several matches is found does not matter here, only whether there is one. */
export type Node =
  | { readonly kind: "empty" }
  /** One code point out of these; of none, nothing matches. */
  | { readonly kind: "set"; readonly ranges: Ranges }
  | { readonly kind: "concat"; readonly nodes: readonly Node[] }
  | { readonly kind: "either"; readonly nodes: readonly Node[] }
  | { readonly kind: "repeat"; readonly node: Node; readonly min: number; readonly max: number }
  | { readonly kind: "assertion"; readonly assertion: Assertion };

export const empty: Node = { kind: "empty" };
