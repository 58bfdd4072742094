import { type Client, createClient } from "@log-service/sdk";
import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import { readStored, writeStored } from "../preferences/browser-storage.ts";
import { type Refusal, watchFetch } from "./watch-fetch.ts";

interface ClientControl {
  readonly client: Client;
  readonly apiKey: string | undefined;
  /** Why the service does not let this key read; undefined as long as it does. */
  readonly refusal: Refusal | undefined;
  /** False while the service does not answer at all. */
  readonly isReachable: boolean;
  /** Goes on with another key, or with none. */
  readonly signIn: (apiKey: string | undefined, isRemembered: boolean) => void;
}

const ClientContext = createContext<ClientControl | undefined>(undefined);

const storageKey = "log-service.api-key";

const ofTab = () => sessionStorage;

const keptKey = (): string | undefined =>
  readStored(storageKey, ofTab) ?? readStored(storageKey) ?? undefined;

const keepKey = (key: string | undefined, isRemembered: boolean): void => {
  writeStored(storageKey, (isRemembered && key) || null);
  writeStored(storageKey, (!isRemembered && key) || null, ofTab);
};

/** Gives the page a client of the service that it came from, and tells how it stands with it. */
export const ClientProvider = ({ children }: PropsWithChildren) => {
  const [apiKey, setApiKey] = useState(keptKey);
  const [isReachable, onReachable] = useState(true);
  const [refused, setRefused] = useState<{ apiKey: string | undefined; refusal: Refusal }>();
  const client = useMemo(() => {
    const onRefused = (refusal: Refusal) => setRefused({ apiKey, refusal });
    const send = watchFetch((...request) => fetch(...request), { onRefused, onReachable });
    return createClient({ url: location.origin, apiKey, retries: 2, fetch: send });
  }, [apiKey]);
  const signIn = useCallback((key: string | undefined, isRemembered: boolean) => {
    keepKey(key, isRemembered);
    setRefused(undefined);
    setApiKey(key);
  }, []);
  // An answer to the key before says nothing about this one.
  const refusal = refused?.apiKey === apiKey ? refused?.refusal : undefined;
  const control = useMemo(
    () => ({ client, apiKey, refusal, isReachable, signIn }),
    [client, apiKey, refusal, isReachable, signIn],
  );
  return <ClientContext value={control}>{children}</ClientContext>;
};

export const useClient = (): ClientControl => {
  const control = useContext(ClientContext);
  if (!control) throw new Error("useClient outside of ClientProvider");
  return control;
};
