import { useCallback, useEffect, useState } from "react";
import { readStored, writeStored } from "../../preferences/browser-storage.ts";
import { parseSaved, type SavedSearch } from "./saved.ts";

const storageKey = "log-service.saved-searches";

/** The saved searches, also as other tabs change them. Where the browser keeps nothing they last as long as the page. */
export const useSaved = () => {
  const [all, setAll] = useState(() => parseSaved(readStored(storageKey)));
  const [isKept, setIsKept] = useState(true);
  useEffect(() => {
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key === storageKey) setAll(parseSaved(newValue));
    };
    addEventListener("storage", onStorage);
    return () => removeEventListener("storage", onStorage);
  }, []);
  const save = useCallback((next: readonly SavedSearch[]) => {
    setAll(next);
    setIsKept(writeStored(storageKey, JSON.stringify(next)));
  }, []);
  return { all, isKept, save };
};
