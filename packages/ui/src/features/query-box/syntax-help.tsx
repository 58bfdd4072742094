import { lazy, Suspense } from "react";
import { HelpIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { ErrorBoundary } from "../../shell/error-boundary.tsx";

const SyntaxExamples = lazy(async () => ({
  default: (await import("./syntax-examples.tsx")).SyntaxExamples,
}));

interface SyntaxHelpProps {
  readonly onPick: (query: string) => void;
}

/** What a query can say, by examples that go into the box when they are clicked. */
export const SyntaxHelp = ({ onPick }: SyntaxHelpProps) => (
  <Popover label="Query syntax" face={<HelpIcon />}>
    {(close) => (
      <ErrorBoundary>
        <Suspense fallback={null}>
          <SyntaxExamples
            onPick={(query) => {
              close();
              onPick(query);
            }}
          />
        </Suspense>
      </ErrorBoundary>
    )}
  </Popover>
);
