import { lazy } from "react";
import { HelpIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { Fetched } from "../../shell/fetched.tsx";

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
      <Fetched>
        <SyntaxExamples
          onPick={(query) => {
            close();
            onPick(query);
          }}
        />
      </Fetched>
    )}
  </Popover>
);
