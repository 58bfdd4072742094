import { type Client, createClient } from "@log-service/sdk";
import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";

interface ClientControl {
  readonly client: Client;
  readonly apiKey: string | undefined;
  /** Goes on with another key, or with none. */
  readonly signIn: (apiKey: string | undefined, isRemembered: boolean) => void;
}

const ClientContext = createContext<ClientControl | undefined>(undefined);

const storageKey = "log-service.api-key";

const keptKey = (): string | undefined =>
  sessionStorage.getItem(storageKey) ?? localStorage.getItem(storageKey) ?? undefined;

/** Gives the page a client of the service that it came from. */
export const ClientProvider = ({ children }: PropsWithChildren) => {
  const [apiKey, setApiKey] = useState(keptKey);
  const client = useMemo(
    () => createClient({ url: location.origin, apiKey, retries: 2 }),
    [apiKey],
  );
  const signIn = useCallback((key: string | undefined, isRemembered: boolean) => {
    sessionStorage.removeItem(storageKey);
    localStorage.removeItem(storageKey);
    if (key !== undefined) (isRemembered ? localStorage : sessionStorage).setItem(storageKey, key);
    setApiKey(key);
  }, []);
  const control = useMemo(() => ({ client, apiKey, signIn }), [client, apiKey, signIn]);
  return <ClientContext value={control}>{children}</ClientContext>;
};

export const useClient = (): ClientControl => {
  const control = useContext(ClientContext);
  if (!control) throw new Error("useClient outside of ClientProvider");
  return control;
};
