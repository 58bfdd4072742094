/** What the keyboard does when nobody types. The help lists them in this order. */
export const shortcuts = [
  { keys: ["/"], does: "Write in the query" },
  { keys: ["j", "k"], does: "Go to the next or the previous entry" },
  { keys: ["Enter"], does: "Open or close the entry" },
  { keys: ["c"], does: "Show what happened around the entry" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["Space"], does: "Pause the live tail, or go on" },
  { keys: ["r"], does: "Search again, as of now" },
  { keys: ["e"], does: "Entries" },
  { keys: ["l"], does: "Live" },
  { keys: ["p"], does: "Patterns" },
  { keys: ["g"], does: "Chart" },
  { keys: ["f"], does: "Show or hide the fields" },
  { keys: ["?"], does: "Show this help" },
] as const;

/** Of keys that are not called what they do. */
const names: Readonly<Record<string, string>> = { Escape: "Esc", " ": "Space" };

/** What of a key press tells whether it is a shortcut. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
  /** The key is held down. */
  readonly repeat: boolean;
  /** A character is being composed. */
  readonly isComposing: boolean;
}

/** Where the focus is. */
export interface Place {
  readonly isText: boolean;
  /** A button or a link, which takes Enter and the space bar itself. */
  readonly isControl: boolean;
  /** In a dialog or a popover, which have keys of their own. */
  readonly isAbove: boolean;
}

/** The name of the shortcut that was pressed; undefined where the key belongs to what has the focus. */
export const shortcutOf = (press: KeyPress, place: Place): string | undefined => {
  const { key, ctrlKey, metaKey, altKey, repeat, defaultPrevented, isComposing } = press;
  // Only going through a list is meant again and again.
  if (repeat && key !== "j" && key !== "k") return undefined;
  if (ctrlKey || metaKey || altKey || defaultPrevented || isComposing) return undefined;
  if (place.isText || place.isAbove) return undefined;
  if ((key === "Enter" || key === " ") && place.isControl) return undefined;
  return names[key] ?? key;
};
