/** A JSON answer. Log entries are nobody's to cache on the way. */
export const json = (status: number, value: unknown): Response =>
  jsonText(status, JSON.stringify(value));

/** The same, of text that is JSON already. */
export const jsonText = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
