import type { StoredChunk } from "../../store.ts";

/** A merged chunk has about so many entries: more are not faster to search, and slower to read a page from. */
export const mergedEntriesMax = 8192;

/** A chunk of so many entries is large enough, and left alone. */
export const isLarge = (count: number): boolean => count * 2 >= mergedEntriesMax;

/** What one step merges at most: it takes some hundred milliseconds on another thread, and some here. */
const stepLimits = { entries: 2 * mergedEntriesMax, chunks: 256 } as const;

/** How many times as many entries as its largest chunk a merge must have. */
const growthMin = { open: 8, closed: 2 } as const;

const total = (chunks: readonly StoredChunk[]): number =>
  chunks.reduce((sum, { meta }) => sum + meta.count, 0);

const largest = (chunks: readonly StoredChunk[]): number =>
  chunks.reduce((most, { meta }) => Math.max(most, meta.count), 0);

const isWorthwhile = (chunks: readonly StoredChunk[], growth: number): boolean =>
  chunks.length > 1 && total(chunks) >= growth * largest(chunks);

/** Cuts chunks into groups that one step can merge. */
const groupsOf = (chunks: readonly StoredChunk[]): StoredChunk[][] => {
  const groups: StoredChunk[][] = [];
  let group: StoredChunk[] = [];
  let entries = 0;
  for (const chunk of chunks) {
    const { count } = chunk.meta;
    if (group.length === stepLimits.chunks || entries + count > stepLimits.entries) {
      groups.push(group);
      group = [];
      entries = 0;
    }
    group.push(chunk);
    entries += count;
  }
  return [...groups, group];
};

/**
 * Chooses what to merge of one hour's chunks, given in the order of their first entries. A merge makes large chunks, or one that
 * is twice as large as the largest of them, and eight times as long as more is expected: so an entry is written again a few
 * times at most, however its neighbours come.
 */
export const planMerges = (
  chunks: readonly StoredChunk[],
  isClosed: boolean,
): readonly StoredChunk[][] => {
  const growth = isClosed ? growthMin.closed : growthMin.open;
  let small = chunks.filter(({ meta }) => !isLarge(meta.count));
  while (small.length > 1 && !isWorthwhile(small, growth) && !isLarge(total(small))) {
    const most = largest(small);
    small = small.filter(({ meta }) => meta.count < most);
  }
  return groupsOf(small).filter(
    (group) => isWorthwhile(group, growthMin.closed) || (group.length > 1 && isLarge(total(group))),
  );
};
