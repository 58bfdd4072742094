import { errorOf, LogServiceError, mayPass } from "./error.ts";
import { type Content, type Name, targetOf } from "./request.ts";

export interface ClientOptions {
  /** Where the service is, as in `http://127.0.0.1:3000`; on AWS the address of the read function. */
  readonly url: string;
  /** On AWS the address of the ingest function. */
  readonly ingestUrl?: string | undefined;
  /** On AWS the address of the maintenance function, which erases. */
  readonly adminUrl?: string | undefined;
  /** An API key or a token; a function is asked before each request. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Sends requests in place of the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** How often a call that may pass is tried again: 4 times unless it is said. */
  readonly retries?: number | undefined;
  /** How long an answer may take before the call is tried again: 60,000 unless it is said. A file may take any time. */
  readonly timeoutMs?: number | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Time and chance, which a test decides. */
export interface ClientDeps {
  /** Resolves after so many milliseconds, or rejects when the signal aborts first. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

interface SendOptions extends CallOptions {
  readonly content?: Content;
  readonly retries?: number;
}

export type Send = (name: Name, parameters: object, options: SendOptions) => Promise<unknown>;

const firstWaitMs = 250;
const longestWaitMs = 10_000;

/** Who is told to wait longer, as when a quota is spent, is told so, and does not wait. */
const patienceMs = 60_000;

/** Node's fetch says no more than that it failed; why is in the cause. */
const reasonOf = (error: unknown): unknown =>
  (error instanceof Error && error.cause instanceof Error && error.cause.message) || error;

/**
 * Creates what sends a call, again while that may help, and returns its answer. Throws a TypeError when an address is
 * none, since asking again cannot mend that.
 */
export const createSend = (options: ClientOptions, { wait, random }: ClientDeps): Send => {
  const { url, ingestUrl = url, adminUrl = url, apiKey, timeoutMs = 60_000 } = options;
  // In a page an address may also be a path, or nothing.
  for (const address of [url, ingestUrl, adminUrl])
    if (!/^(https?:\/\/|\/|$)/.test(address))
      throw new TypeError(`an address is "${address}"; it must begin with http:// or https://`);
  // A browser's fetch must be called as a function of its window.
  const send: typeof fetch = options.fetch ?? ((...request) => fetch(...request));

  const once = async (
    { method, target }: ReturnType<typeof targetOf>,
    isFile: boolean,
    { signal, content }: SendOptions,
  ): Promise<unknown> => {
    const key = typeof apiKey === "function" ? await apiKey() : apiKey;
    const timely = isFile ? [] : [AbortSignal.timeout(timeoutMs)];
    const readOrAdminUrl = target.startsWith("/erasures") ? adminUrl : url;
    const response = await send(
      (content ? ingestUrl : readOrAdminUrl).replace(/\/+$/, "") + target,
      {
        method,
        headers: { ...content?.headers, ...(key && { authorization: `Bearer ${key}` }) },
        body: content?.body ?? null,
        signal: AbortSignal.any(signal ? [signal, ...timely] : timely),
      },
    );
    if (!response.ok) throw await errorOf(response);
    if (isFile) return response;
    const isJson = response.headers.get("content-type")?.includes("json");
    return isJson ? response.json() : response.text();
  };

  return async (name, parameters, call) => {
    const { signal, retries = options.retries ?? 4 } = call;
    const target = targetOf(name, parameters);
    for (let failures = 0; ; failures++) {
      signal?.throwIfAborted();
      try {
        return await once(target, name === "export", call);
      } catch (cause) {
        signal?.throwIfAborted();
        const error =
          cause instanceof LogServiceError
            ? cause
            : new LogServiceError("UNREACHABLE", `no answer from ${url}: ${reasonOf(cause)}`, {
                cause,
              });
        const { retryAfterMs = 0 } = error;
        if (!mayPass(error) || failures >= retries || retryAfterMs > patienceMs) throw error;
        const backOffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
        await wait(retryAfterMs + backOffMs * random(), signal);
      }
    }
  };
};
