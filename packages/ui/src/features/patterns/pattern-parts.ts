export interface PatternPart {
  readonly text: string;
  readonly isPlaceholder: boolean;
}

/** Those of docs/patterns.md. Other words in angle brackets are words of the message. */
const placeholder = /(<(?:num|id|ip|time|date|duration|size|version|url|email|str|\*)>)/;

/** Cuts the text of a pattern at its placeholders; the parts together are the text. */
export const partsOfPattern = (pattern: string): readonly PatternPart[] =>
  pattern
    .split(placeholder)
    // What matched the group stands at the odd places.
    .map((text, index) => ({ text, isPlaceholder: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
