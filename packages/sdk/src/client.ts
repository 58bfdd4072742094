import type { LogEntry, Operations, PostedEntry, Warning } from "./api.generated.ts";
import { operations } from "./api.generated.ts";
import { LogServiceError } from "./error.ts";
import { contentOf, type Name, newKey } from "./request.ts";
import { type CallOptions, type ClientDeps, type ClientOptions, createSend } from "./send.ts";

/** So long the server may wait for entries before it answers a tail that is iterated. */
const longPollSeconds = 20;

export interface IngestOptions extends CallOptions {
  /** Names the batch. With a key of your own the batch can be sent again later, by another process too. */
  readonly idempotencyKey?: string | undefined;
  /** Of a text: NDJSON unless it is said. */
  readonly contentType?: string | undefined;
}

export interface PagesOptions extends CallOptions {
  /** Called once with each warning of the answers that are iterated, such as a damaged part of the store. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

export interface TailOptions extends PagesOptions {
  /**
   * Called when the tail was away for so long that entries may be missing in it; it then goes on from now. Without it
   * the iteration throws TAIL_INTERRUPTED.
   */
  readonly onInterrupted?: (() => void) | undefined;
}

/** One answer when it is awaited; every entry, answer after answer, when it is iterated. */
export interface Pages<Answer> extends Promise<Answer>, AsyncIterable<LogEntry> {}

type Method<N extends Name, Answer, Options = CallOptions> =
  Partial<Operations[N]["parameters"]> extends Operations[N]["parameters"]
    ? (parameters?: Operations[N]["parameters"], options?: Options) => Answer
    : (parameters: Operations[N]["parameters"], options?: Options) => Answer;

type Answer<N extends Name> = Operations[N]["answer"];

/** One method for each operation of the API, by its name there. What fails rejects with a `LogServiceError`. */
export type Client = {
  // Over all names, so that editors show what each operation does.
  readonly [N in Name as Exclude<N, "ingest" | "search" | "tail" | "export">]: Method<
    N,
    Promise<Answer<N>>
  >;
} & {
  /** Stores an entry, a batch, or text; once, however often it has to be sent. */
  readonly ingest: (
    body: PostedEntry | readonly PostedEntry[] | string | Uint8Array,
    parameters?: Operations["ingest"]["parameters"],
    options?: IngestOptions,
  ) => Promise<Answer<"ingest">>;
  /** A page; iterated, everything that matches, each entry once. */
  readonly search: Method<"search", Pages<Answer<"search">>, PagesOptions>;
  /** What has arrived; iterated, what arrives, each entry once, until the signal aborts. */
  readonly tail: Method<"tail", Pages<Answer<"tail">>, TailOptions>;
  /** The response as it comes, since the file may be larger than memory: use its `body`, `blob()` or `text()`. */
  readonly export: Method<"export", Promise<Response>>;
};

/** Passes each warning on once. That a budget ran out is no news to who goes on anyway. */
const createWarn = (onWarning: PagesOptions["onWarning"]) => {
  const told = new Set<string>();
  return (warnings: readonly Warning[] = []): void => {
    for (const warning of warnings) {
      const { code, message } = warning;
      if (code === "BUDGET_SPENT" || told.has(code + message)) continue;
      told.add(code + message);
      onWarning?.(warning);
    }
  };
};

/** Creates a client of which a test decides time and chance. */
export const createClientOf = (options: ClientOptions, deps: ClientDeps): Client => {
  const send = createSend(options, deps);

  const ingest: Client["ingest"] = (body, parameters = {}, { signal, ...about } = {}) => {
    // Equal batches have a key each, and would be stored each; by content a batch can be sent again all the same.
    const key = about.idempotencyKey ?? (parameters.dedupe ? undefined : newKey());
    const content = contentOf(body, about.contentType, key);
    // The types of answers are generated from what the server is tested to answer.
    return send("ingest", parameters, { signal, content }) as Promise<Answer<"ingest">>;
  };

  const search: Client["search"] = (parameters = {}, { signal, onWarning } = {}) => {
    const ask = (cursor?: string) =>
      send("search", { ...parameters, ...(cursor && { cursor }) }, { signal }) as Promise<
        Answer<"search">
      >;
    const first = ask();
    const entries = async function* () {
      const warn = createWarn(onWarning);
      for (let page = await first; ; page = await ask(page.nextCursor)) {
        warn(page.warnings);
        yield* page.logs;
        if (page.nextCursor === null) return;
      }
    };
    return Object.assign(first, { [Symbol.asyncIterator]: entries });
  };

  const tail: Client["tail"] = (parameters = {}, { signal, onWarning, onInterrupted } = {}) => {
    const ask = (more: object, retries?: number) =>
      send("tail", { ...parameters, ...more }, { signal, ...(retries && { retries }) }) as Promise<
        Answer<"tail">
      >;
    const first = ask({});
    const entries = async function* () {
      const warn = createWarn(onWarning);
      let answer = await first;
      for (;;) {
        warn(answer.warnings);
        if (answer.resync) {
          if (!onInterrupted)
            throw new LogServiceError(
              "TAIL_INTERRUPTED",
              "entries may be missing; search for them",
            );
          onInterrupted();
        }
        yield* answer.logs;
        await deps.wait(answer.retryAfterMs, signal);
        const cursor = answer.nextCursor;
        answer = await ask(
          { wait: longPollSeconds, ...parameters, cursor },
          Number.POSITIVE_INFINITY,
        );
      }
    };
    return Object.assign(first, { [Symbol.asyncIterator]: entries });
  };

  const rest = Object.keys(operations).map((name) => [
    name,
    (parameters: object = {}, call: CallOptions = {}) => send(name as Name, parameters, call),
  ]);
  // The keys of `operations` are the names; of each the generated types tell parameters and answer.
  return { ...Object.fromEntries(rest), ingest, search, tail } as Client;
};
