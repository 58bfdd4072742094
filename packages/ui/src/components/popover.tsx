import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import styles from "./popover.module.css";

export interface PopoverProps {
  /** What the button does, where its face does not say it in words. */
  readonly label: string;
  readonly face: ReactNode;
  readonly kind?: "plain" | "quiet";
  readonly role?: "dialog" | "menu";
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  /** Rendered while it is open. */
  readonly children: (close: () => void) => ReactNode;
}

const focusable = "button:enabled, input:enabled, select:enabled, textarea:enabled, a[href]";

/** Puts the focus where a panel begins: a `ref` for one that is fetched after it was opened. */
export const focusFirst = (panel: HTMLElement | null): void =>
  panel?.querySelector<HTMLElement>(focusable)?.focus();

/** A button that opens a panel below it. Esc or a click elsewhere closes it, and focus returns to the button. */
export const Popover = (props: PopoverProps) => {
  const { label, face, kind = "quiet", role = "dialog", onKeyDown, children } = props;
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (isOpen) focusFirst(panel.current);
  }, [isOpen]);
  return (
    <>
      <Button
        kind={kind}
        aria-label={label}
        aria-haspopup={role}
        aria-expanded={isOpen}
        popoverTarget={id}
      >
        {face}
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        {...{ role, "aria-label": label, onKeyDown }}
        className={styles.panel}
        onBeforeToggle={(event) => setIsOpen(event.newState === "open")}
      >
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
};
