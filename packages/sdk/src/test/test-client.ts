import { createClientOf } from "../client.ts";
import type { ClientOptions } from "../send.ts";

type Reply = Response | Error | ((request: Sent) => Response | Promise<Response>);

export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

/** A client whose server gives these answers in turn, and the last one for ever. */
export const createTestClient = (
  replies: readonly Reply[],
  options: Partial<ClientOptions> = {},
) => {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const client = createClientOf(
    {
      url: "http://logs.test/",
      fetch: async (input, init) => {
        const { method = "GET", headers, body, signal } = init ?? {};
        // The client always gives a signal, and an address as a text.
        const request = { url: String(input), method, headers: new Headers(headers), body };
        sent.push({ ...request, signal: signal as AbortSignal });
        const reply = replies[Math.min(sent.length, replies.length) - 1];
        if (reply instanceof Error) throw reply;
        if (typeof reply === "function") return await reply(sent.at(-1)!);
        return reply?.clone() ?? new Response();
      },
      ...options,
    },
    {
      wait: async (ms, signal) => {
        signal?.throwIfAborted();
        waits.push(ms);
      },
      random: () => 1,
    },
  );
  return { client, sent, waits };
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });

export const problem = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Response =>
  json({ code, status, detail: `it is ${code}`, requestId: "r-1", problems: [] }, status, headers);
