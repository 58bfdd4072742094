import "./design/tokens.css";
import "./design/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ClientProvider } from "./client/client-provider.tsx";
import { PreferencesProvider } from "./preferences/preferences-provider.tsx";
import { App } from "./shell/app.tsx";
import { ViewProvider } from "./view/view-provider.tsx";

const queryClient = new QueryClient({
  defaultOptions: {
    // The client of the service tries again by itself, and knows what may be.
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY },
  },
});

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PreferencesProvider>
          <ClientProvider>
            <ViewProvider>
              <App />
            </ViewProvider>
          </ClientProvider>
        </PreferencesProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
