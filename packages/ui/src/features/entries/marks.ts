/** A piece of a text, and whether it is what was looked for. */
export interface Part {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Like the query's meaning: ASCII letters are the same without case, and no place moves. */
const fold = (text: string): string =>
  text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

/** The places of all words in a text, from inclusive, to exclusive, in order, none touching another. */
const placesOf = (text: string, words: readonly string[]): readonly [number, number][] => {
  const folded = fold(text);
  const places = words.flatMap((word) => {
    const found: [number, number][] = [];
    const wanted = fold(word);
    for (let from = folded.indexOf(wanted); from !== -1; from = folded.indexOf(wanted, from)) {
      found.push([from, from + wanted.length]);
      from += wanted.length;
    }
    return found;
  });
  const joined: [number, number][] = [];
  for (const place of places.sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && place[0] <= last[1]) last[1] = Math.max(last[1], place[1]);
    else joined.push(place);
  }
  return joined;
};

/** Cuts a text at the words; together the parts are the text. */
export const partsOf = (text: string, words: readonly string[]): readonly Part[] => {
  if (words.length === 0) return [{ text, isMarked: false }];
  let end = 0;
  const parts: Part[] = [];
  for (const [from, to] of placesOf(text, words)) {
    parts.push({ text: text.slice(end, from), isMarked: false });
    parts.push({ text: text.slice(from, to), isMarked: true });
    end = to;
  }
  parts.push({ text: text.slice(end), isMarked: false });
  return parts.filter((part) => part.text !== "");
};

/** As much of a message as a line on the widest screen has room for. */
const lineLength = 500;

/** What comes before the first match stays in sight on most screens if it is this short. */
const leadLength = 80;

/** A message in one line, short enough to draw: from its beginning, or from shortly before the first match. */
export const lineOf = (message: string, words: readonly string[]): string => {
  const first = message.length > leadLength ? placesOf(message, words)[0]?.[0] : 0;
  const from = first !== undefined && first > leadLength ? first - leadLength / 2 : 0;
  const to = from + lineLength;
  const cut = message.slice(from, to).replace(/\s*[\r\n]+\s*/g, " ⏎ ");
  return `${from > 0 ? "…" : ""}${cut}${to < message.length ? "…" : ""}`;
};
