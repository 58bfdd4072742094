import { type PropsWithChildren, type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "./error-boundary.tsx";

interface FetchedProps extends PropsWithChildren {
  /** Shown while the part is fetched. */
  readonly waiting?: ReactNode;
}

/** A part of the page that is fetched when it is opened. That it could not be had is said in its place. */
export const Fetched = ({ waiting, children }: FetchedProps) => (
  <ErrorBoundary>
    <Suspense fallback={waiting}>{children}</Suspense>
  </ErrorBoundary>
);
