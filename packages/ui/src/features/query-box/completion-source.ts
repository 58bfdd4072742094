import { type Completion, type CompletionSource, complete, print } from "@log-service/query";
import type { Client, Operations } from "@log-service/sdk";
import type { QueryClient } from "@tanstack/react-query";
import { formatShort } from "../../format/number.ts";
import type { TimeWindow } from "../../view/time-range.ts";

type FieldsAnswer = Operations["fields"]["answer"];
type FieldValuesAnswer = Operations["fieldValues"]["answer"];

export interface CompletionDeps {
  readonly client: Client;
  readonly queryClient: QueryClient;
  readonly window: TimeWindow;
  /** Ends what is asked for a text that has been typed on since. */
  readonly signal: AbortSignal;
  /** Rejects when the signal aborts first. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A completion, and what is said beside its items, by their text. */
export interface NotedCompletion {
  readonly completion: Completion;
  readonly notes: ReadonlyMap<string, string>;
}

/** Whoever types on within this time is not asking yet. */
const pauseMs = 150;

const valuesMax = 200;

/** Whole minutes, so that what was found stays good for all that is typed within one. */
const minutesOf = ({ from, to }: TimeWindow): TimeWindow => ({
  from: Math.floor(from / 60_000) * 60_000,
  to: Math.ceil(to / 60_000) * 60_000,
});

/** Fields whose values are different in nearly every entry. */
const unlisted: readonly string[] = ["timestamp", "message", "logId"];

const noteOfField = ({ types, count }: FieldsAnswer["fields"][number]): string =>
  `${Object.keys(types).join(", ")} · ${formatShort(count)}`;

const isMeasured = ({ values, otherCount }: FieldValuesAnswer): boolean =>
  otherCount > 0 && values.every(({ value }) => typeof value === "number");

/** Asks the service which fields and values there are in a window of time; what fails has none. */
const createSource = (deps: CompletionDeps, notes: Map<string, string>): CompletionSource => {
  const { client, queryClient, signal, wait } = deps;
  const range = minutesOf(deps.window);

  const ask = async <Answer>(
    key: readonly string[],
    call: (options: { signal: AbortSignal }) => Promise<Answer>,
  ): Promise<Answer | undefined> => {
    const queryKey = ["query-box", range.from, range.to, ...key];
    const kept = queryClient.getQueryData<Answer>(queryKey);
    if (kept !== undefined) return kept;
    try {
      if (queryClient.isFetching({ queryKey, exact: true }) === 0) await wait(pauseMs, signal);
      return await queryClient.fetchQuery({ queryKey, queryFn: call });
    } catch {
      signal.throwIfAborted();
      // What can't be asked is not offered. What has been typed can be run all the same, and says what is wrong.
      return undefined;
    }
  };

  const askValues = (name: string): Promise<FieldValuesAnswer | undefined> =>
    ask(["values", name], (options) =>
      client.fieldValues({ name, limit: valuesMax, ...range }, options),
    );

  /** What begins with what has been typed is of use to nobody who types on: it ends with `signal`. */
  const askRare = (name: string, prefix: string): Promise<FieldValuesAnswer | undefined> => {
    const q = print({ op: "wildcard", field: name, parts: [prefix, ""] });
    return ask(["values", name, q], (options) =>
      client.fieldValues(
        { name, limit: valuesMax, ...range, q },
        { signal: AbortSignal.any([signal, options.signal]) },
      ),
    );
  };

  const values: CompletionSource["values"] = async (field, prefix) => {
    if (unlisted.includes(field)) return [];
    const frequent = await askValues(field);
    const isAll = !frequent || frequent.otherCount === 0 || prefix === "";
    const rare = isAll ? undefined : await askRare(field, prefix);
    // A comparison is of more use than some of many numbers.
    if (prefix === "" && frequent && isMeasured(frequent)) return [];
    const found = [...(frequent?.values ?? []), ...(rare?.values ?? [])];
    for (const { value, count } of found)
      notes.set(
        print({ op: "equals", field: "x", value: `${value}` }).slice(2),
        formatShort(count),
      );
    return found.map(({ value }) => value);
  };

  const fields: CompletionSource["fields"] = async () => {
    const answer = await ask(["fields"], (options) => client.fields(range, options));
    for (const field of answer?.fields ?? [])
      notes.set(print({ op: "exists", field: field.name }).slice(0, -1), noteOfField(field));
    return answer?.fields.map(({ name }) => name) ?? [];
  };

  return { fields, values };
};

/** Completes a text at a place. It throws only what the signal ends it with. */
export const completeNoted = async (
  text: string,
  at: number,
  deps: CompletionDeps,
): Promise<NotedCompletion> => {
  const notes = new Map<string, string>();
  return { completion: await complete(text, at, createSource(deps, notes)), notes };
};
