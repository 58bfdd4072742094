import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { CheckIcon, CopyIcon } from "./icons.tsx";

interface CopyButtonProps {
  readonly text: () => string;
  readonly label: string;
  /** What the button says; an icon alone without it. */
  readonly children?: ReactNode;
}

/** Pages that came over plain HTTP from another machine have no `navigator.clipboard`. */
const copyBySelection = (text: string): boolean => {
  const { activeElement } = document;
  const area = document.createElement("textarea");
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return isCopied;
};

const copy = async (text: string): Promise<boolean> => {
  if (!navigator.clipboard) return copyBySelection(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyBySelection(text),
  );
};

const shownMs = 1_500;

/** Copies a text, and says for a moment that it has. */
export const CopyButton = ({ text, label, children }: CopyButtonProps) => {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      kind={children ? "plain" : "quiet"}
      aria-label={isCopied ? "Copied" : label}
      onClick={async () => setIsCopied(await copy(text()))}
    >
      {isCopied ? <CheckIcon /> : <CopyIcon />}
      {children}
    </Button>
  );
};
