import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import type { NotedCompletion } from "./completion-source.ts";
import { newItems, type Offered } from "./edit-text.ts";

/** What can stand where the caret is in a text. */
export interface Offer extends NotedCompletion, Offered {}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    // Its code may have been fetched while one typed on.
    signal.throwIfAborted();
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
    const deps = { client, queryClient, window, signal, wait };
    // Not a part of the first view: it is fetched while the first word is typed.
    const completed = import("./completion-source.ts").then(({ completeNoted }) =>
      completeNoted(text, at, deps),
    );
    completed.then(
      ({ completion: found, notes }) => {
        const completion = newItems(text, found);
        if (!signal.aborted) setOffer(completion && { text, at, completion, notes });
      },
      // Only what has been typed on since is thrown.
      () => undefined,
    );
    return () => controller.abort();
  }, [text, at, isWanted, client, queryClient, window]);
  return isWanted && offer && isAbout(offer, text, at) ? offer : undefined;
};
