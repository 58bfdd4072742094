import { type Problem, type Token, tokenize } from "@log-service/query";

/** A part of a query that is drawn alike. Offsets are in UTF-16 units; `to` is exclusive. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** What it is in the language; undefined for white space. */
  readonly kind: Token["kind"] | undefined;
  readonly mark: "problem" | "hint" | undefined;
}

/** What is said of no character is drawn at the one before it. */
const toDrawn = ({ from, to }: Problem): { from: number; to: number } => ({
  from: from === to ? Math.max(0, from - 1) : from,
  to,
});

/** Cuts a query into parts for colours and underlines; together they are the whole text. */
export const piecesOf = (
  text: string,
  problems: readonly Problem[],
  hints: readonly Problem[],
): readonly Piece[] => {
  const tokens = tokenize(text);
  const [wrong, doubtful] = [problems.map(toDrawn), hints.map(toDrawn)];
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...tokens, ...wrong, ...doubtful]) cuts.add(from).add(to);
  const places = [...cuts].sort((a, b) => a - b);
  let next = 0;
  return places.slice(0, -1).map((from, i) => {
    while ((tokens[next]?.to ?? text.length) <= from) next++;
    const token = tokens[next];
    const kind = token && token.from <= from ? token.kind : undefined;
    const isIn = (one: { from: number; to: number }) => one.from <= from && from < one.to;
    const mark = wrong.some(isIn) ? "problem" : doubtful.some(isIn) ? "hint" : undefined;
    return { from, to: places[i + 1] ?? text.length, kind, mark };
  });
};
