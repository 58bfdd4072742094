/** An entry as the API returns it, as far as a verifier looks at it. */
export interface ReadEntry {
  readonly logId: string;
  readonly timestamp: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly logs: readonly ReadEntry[];
  readonly nextCursor: string | null;
}

/** Reads every entry, page by page, newest first. */
export const readAll = async (url: string, limit = 1000): Promise<ReadEntry[]> => {
  const entries: ReadEntry[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${cursor}`;
    const response = await fetch(`${url}/logs?limit=${limit}${query}`);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const page = (await response.json()) as Page; // the shape is the contract's, tested there
    entries.push(...page.logs);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
};
