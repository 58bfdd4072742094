import type { DemoOptions } from "./options.ts";

const answeredAfterMsMax = 3000;

/**
 * Says why nothing can be sent, or undefined when something can. It asks as a sender does, with a batch that has no entry:
 * where nobody may send, the key is looked at first.
 */
export const findObstacle = async (
  { url, apiKey }: Pick<DemoOptions, "url" | "apiKey">,
  send: typeof fetch = fetch,
): Promise<string | undefined> => {
  const headers = {
    "content-type": "application/json",
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
  try {
    const signal = AbortSignal.timeout(answeredAfterMsMax);
    const { status } = await send(`${url}/logs`, { method: "POST", headers, body: "[]", signal });
    if (status === 400) return undefined;
    if (status !== 401 && status !== 403) return `${url}/logs answered ${status}`;
  } catch {
    return `there is no server at ${url}; start one with: npm start`;
  }
  return apiKey === undefined
    ? `the server at ${url} wants an API key; set LOG_API_KEY`
    : "LOG_API_KEY is no valid key with the scope ingest; make one with: npm run keys -- create --scope ingest";
};
