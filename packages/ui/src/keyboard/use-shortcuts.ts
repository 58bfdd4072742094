import { useEffect, useRef } from "react";
import { type Place, shortcutOf, type shortcuts } from "./shortcuts.ts";

type Key = (typeof shortcuts)[number]["keys"][number];

const placeOf = (target: EventTarget | null): Place => {
  const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  return {
    isText: isIn("input, textarea, select, [contenteditable=true], [contenteditable='']"),
    isControl: isIn("button, a[href], summary"),
    isAbove: isIn("[popover]") || document.querySelector("dialog[open]") !== null,
  };
};

/** Calls what a key stands for, as long as the component is there. */
export const useShortcuts = (handlers: Readonly<Partial<Record<Key, () => void>>>): void => {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = shortcutOf(event, placeOf(event.target));
      const handler = Object.entries(latest.current).find(([key]) => key === name)?.[1];
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
};
