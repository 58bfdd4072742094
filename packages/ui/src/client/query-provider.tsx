import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type PropsWithChildren, useMemo } from "react";
import { useClient } from "./client-provider.tsx";

const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The client of the service tries again by itself, and knows what may be.
        retry: false,
        refetchOnWindowFocus: false,
        staleTime: Number.POSITIVE_INFINITY,
        // A service on this machine answers without a network, too.
        networkMode: "always",
      },
    },
  });

/** Keeps answers, for each key its own: what one key has read is not shown to another. */
export const QueryProvider = ({ children }: PropsWithChildren) => {
  const { apiKey = "" } = useClient();
  const { key, queryClient } = useMemo(
    () => ({ key: apiKey, queryClient: createQueryClient() }),
    [apiKey],
  );
  return (
    <QueryClientProvider key={key} client={queryClient}>
      {children}
    </QueryClientProvider>
  );
};
