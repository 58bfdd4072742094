import { lazy, useState } from "react";
import { Button } from "../../components/button.tsx";
import { HelpIcon } from "../../components/icons.tsx";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { Fetched } from "../../shell/fetched.tsx";

const Help = lazy(async () => ({ default: (await import("./help.tsx")).Help }));

/** A button that opens the help, and `?`, which does too. */
export const HelpDialog = () => {
  const [isOpen, setIsOpen] = useState(false);
  useShortcuts({ "?": () => setIsOpen(true) });
  return (
    <>
      <Button
        kind="quiet"
        aria-label="Help"
        aria-haspopup="dialog"
        title="Help: keys and queries (?)"
        onClick={() => setIsOpen(true)}
      >
        <HelpIcon />
      </Button>
      {isOpen && (
        <Fetched>
          <Help onClose={() => setIsOpen(false)} />
        </Fetched>
      )}
    </>
  );
};
