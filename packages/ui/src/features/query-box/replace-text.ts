import type { Edit } from "./edit-text.ts";

/** Replaces a part of what stands in a text field as if it were typed, so that it can be undone. */
export const replaceText = (field: HTMLTextAreaElement, { from, to, text }: Edit): void => {
  field.focus();
  field.setSelectionRange(from, to);
  // The one way to write into a field that its undo knows; no browser is about to give it up.
  const isDone = document.execCommand(text === "" ? "delete" : "insertText", false, text);
  if (isDone || (text === "" && from === to)) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
