/** The number of single edits between two words: insert, delete, replace. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** Finds the known word that was probably meant: at most two edits away, case aside, and fewer than its length. */
export const suggest = (word: string, known: readonly string[]): string | undefined => {
  // The work grows with both lengths, and the word comes from outside.
  if (word.length > 40) return undefined;
  const near = known
    .map((name) => ({ name, edits: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= 2 && edits < name.length - 1)
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.name;
};
