import { type Completion, complete } from "@log-service/query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import { createCompletionSource } from "./completion-source.ts";
import { newItems } from "./edit-text.ts";

/** What can stand where the caret is in a text. */
export interface Offer {
  readonly text: string;
  readonly at: number;
  readonly completion: Completion;
  /** What is said beside an item, by its text. */
  readonly notes: ReadonlyMap<string, string>;
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/** Whether what was offered is about the word that is being typed still. */
const isAbout = ({ text: before, completion }: Offer, text: string, at: number): boolean =>
  before.slice(0, completion.from) === text.slice(0, completion.from) &&
  /^[^\s:()]*$/.test(text.slice(completion.from, at));

/** Completes a text at a place, while that is wanted. The offer before stays until the next one for the same word is there. */
export const useCompletion = (text: string, at: number, isWanted: boolean): Offer | undefined => {
  const { client } = useClient();
  const queryClient = useQueryClient();
  const { window } = useView();
  const [offer, setOffer] = useState<Offer>();
  useEffect(() => {
    if (!isWanted) {
      setOffer(undefined);
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const source = createCompletionSource({ client, queryClient, window, signal, wait });
    complete(text, at, source).then(
      (found) => {
        const completion = newItems(text, found);
        if (!signal.aborted) setOffer(completion && { text, at, completion, notes: source.notes });
      },
      // Only what has been typed on since is thrown.
      () => undefined,
    );
    return () => controller.abort();
  }, [text, at, isWanted, client, queryClient, window]);
  return isWanted && offer && isAbout(offer, text, at) ? offer : undefined;
};
