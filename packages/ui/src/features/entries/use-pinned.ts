import { useState } from "react";
import { useView } from "../../view/view-provider.tsx";
import type { Entries } from "./use-entries.ts";

/**
 * The id of the open entry where it is not one of the list, as in a link that was shared: it is shown above the list.
 * That is decided when the entry is opened or the list is new, so that nothing jumps when its page is loaded.
 */
export const usePinned = ({ entries, isPending, isStale }: Entries): string | undefined => {
  const { view, askedAt } = useView();
  const [decided, setDecided] = useState<{ about: string; isPinned: boolean }>();
  const about = `${view.open} ${askedAt}`;
  if (view.open && !(isPending || isStale) && decided?.about !== about)
    setDecided({ about, isPinned: entries.every(({ logId }) => logId !== view.open) });
  return view.open && decided?.isPinned && decided.about === about ? view.open : undefined;
};
