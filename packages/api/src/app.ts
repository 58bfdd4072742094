import { routes as contractRoutes } from "@log-service/contract";
import { type App, type AppRoute, createAppOf } from "./app-of.ts";
import type { AppDeps } from "./handler.ts";
import type { Page } from "./page/page.ts";
import { createPageRoutes } from "./page/routes.ts";
import { handlers } from "./routes/index.ts";

export type { App } from "./app-of.ts";

/** The routes of the contract with their handlers. A host may mount fewer of them, or more paths for one. */
export const appRoutes: readonly AppRoute[] = contractRoutes.map((route) => ({
  ...route,
  handler: handlers[route.operationId as keyof typeof handlers], // a test compares the two lists
}));

/** Creates the app with all of its routes, and with the page where it is given. */
export const createApp = (deps: AppDeps, page?: Page): App =>
  createAppOf(deps, page ? [...appRoutes, ...createPageRoutes(page)] : appRoutes);
