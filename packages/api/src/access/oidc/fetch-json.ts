/** More than any issuer's document holds; a set of keys that is larger is not one. */
const bytesMax = 256 * 1024;

const timeoutMs = 5_000;

/** Reads a body to its end, and no further than the limit. */
const readText = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    // Leaving the loop cancels the body, so that the rest is not even received.
    if (bytes > bytesMax) throw new Error(`the answer has more than ${bytesMax} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

/**
 * Fetches a JSON document of the issuer. A redirect is a failure: it would let whoever can redirect one address choose
 * the keys that are believed. Rejects with the reason, which is for the log.
 */
export const fetchJson = async (url: string, fetchOne: typeof fetch): Promise<unknown> => {
  const response = await fetchOne(url, {
    headers: { accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  return JSON.parse(await readText(response));
};
