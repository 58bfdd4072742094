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

/** Reads every entry, or those that the query asks for, page by page, newest first. */
export const readAll = async (
  url: string,
  limit = 1000,
  query: Readonly<Record<string, string>> = {},
): Promise<ReadEntry[]> => {
  const entries: ReadEntry[] = [];
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({
      ...query,
      limit: String(limit),
      ...(cursor !== null && { cursor }),
    });
    const response = await fetch(`${url}/logs?${search}`);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const page = (await response.json()) as Page; // the shape is the contract's, tested there
    entries.push(...page.logs);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
};
