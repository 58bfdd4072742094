import "./design/tokens.css";
import "./design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ClientProvider } from "./client/client-provider.tsx";
import { QueryProvider } from "./client/query-provider.tsx";
import { PreferencesProvider } from "./preferences/preferences-provider.tsx";
import { App } from "./shell/app.tsx";
import { ErrorBoundary } from "./shell/error-boundary.tsx";
import { ViewProvider } from "./view/view-provider.tsx";

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <PreferencesProvider>
        <ClientProvider>
          <QueryProvider>
            <ViewProvider>
              <ErrorBoundary>
                <App />
              </ErrorBoundary>
            </ViewProvider>
          </QueryProvider>
        </ClientProvider>
      </PreferencesProvider>
    </StrictMode>,
  );
