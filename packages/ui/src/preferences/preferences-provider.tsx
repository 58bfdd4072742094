import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { readStored, writeStored } from "./browser-storage.ts";
import { type Preferences, parsePreferences, preferencesDefault } from "./preferences.ts";

interface PreferencesControl {
  readonly preferences: Preferences;
  readonly prefer: (change: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<PreferencesControl>({
  preferences: preferencesDefault,
  prefer: () => undefined,
});

const storageKey = "log-service.preferences";

export const PreferencesProvider = ({ children }: PropsWithChildren) => {
  const [preferences, setPreferences] = useState(() => parsePreferences(readStored(storageKey)));
  const { theme } = preferences;
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
  }, [theme]);
  const prefer = useCallback((change: Partial<Preferences>) => {
    // Of what is kept now: another tab may have changed something else.
    const kept = parsePreferences(readStored(storageKey));
    writeStored(storageKey, JSON.stringify({ ...kept, ...change }));
    setPreferences((before) => ({ ...before, ...change }));
  }, []);
  const control = useMemo(() => ({ preferences, prefer }), [preferences, prefer]);
  return <PreferencesContext value={control}>{children}</PreferencesContext>;
};

export const usePreferences = (): PreferencesControl => useContext(PreferencesContext);
