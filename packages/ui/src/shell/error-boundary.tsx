import { Component, type PropsWithChildren } from "react";
import { Failure } from "../components/failure.tsx";

interface Caught {
  readonly error: Error | undefined;
}

/** Shows what a part of the page threw, and leaves the rest of it working. A class, since React knows no other way. */
export class ErrorBoundary extends Component<PropsWithChildren, Caught> {
  override readonly state: Caught = { error: undefined };

  static getDerivedStateFromError(error: unknown): Caught {
    return { error: error instanceof Error ? error : new Error(`${error}`) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    // A part that could not be fetched may be one of an older build: only a new page helps.
    return <Failure error={error} onRetry={() => location.reload()} />;
  }
}
