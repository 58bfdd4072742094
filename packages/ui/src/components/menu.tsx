import type { KeyboardEvent, PropsWithChildren } from "react";
import styles from "./menu.module.css";
import { Popover, type PopoverProps } from "./popover.tsx";

/** The place that a key leads to among so many items; undefined for other keys. */
const placeAfter = (key: string, place: number, count: number): number | undefined => {
  if (key === "ArrowDown") return (place + 1) % count;
  if (key === "ArrowUp") return (place + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
};

const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
  const items = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])"),
  ];
  const place = items.findIndex((item) => item.matches(":focus"));
  const next = items[placeAfter(event.key, place, items.length) ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
};

/** A button with a menu of `MenuItem`s. */
export const Menu = (props: Omit<PopoverProps, "role" | "onKeyDown">) => (
  <Popover {...props} role="menu" onKeyDown={onKeyDown} />
);

interface MenuItemProps extends PropsWithChildren {
  readonly onSelect: () => void;
  /** For an item that is one of several choices: whether it is the one. */
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
}

export const MenuItem = ({ onSelect, isChosen, isDisabled = false, children }: MenuItemProps) => (
  <button
    type="button"
    className={styles.item}
    disabled={isDisabled}
    onClick={onSelect}
    {...(isChosen === undefined
      ? { role: "menuitem" }
      : { role: "menuitemradio", "aria-checked": isChosen })}
  >
    {children}
  </button>
);
