import { expect, it } from "vitest";
import { type KeyPress, type Place, shortcutOf, shortcuts } from "./shortcuts.ts";

const press: KeyPress = {
  key: "j",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  defaultPrevented: false,
  isComposing: false,
};
const page: Place = { isText: false, isControl: false, isAbove: false };

it("is a key by itself", () => {
  expect(shortcutOf(press, page)).toBe("j");
  expect(shortcutOf({ ...press, repeat: true }, page)).toBe("j");
  expect(shortcutOf({ ...press, key: "Escape" }, page)).toBe("Esc");
  expect(shortcutOf({ ...press, key: "?" }, { ...page, isControl: true })).toBe("?");
});

it.each([
  ["while typing", {}, { isText: true }],
  ["in a dialog", {}, { isAbove: true }],
  ["with Ctrl", { ctrlKey: true }, {}],
  ["with Cmd", { metaKey: true }, {}],
  ["with Alt", { altKey: true }, {}],
  ["that something else has taken", { defaultPrevented: true }, {}],
  ["that composes a character", { isComposing: true }, {}],
  ["that is held down", { key: "r", repeat: true }, {}],
  ["that presses a button", { key: "Enter" }, { isControl: true }],
])("is no key %s", (_, change, where) => {
  expect(shortcutOf({ ...press, ...change }, { ...page, ...where })).toBeUndefined();
});

it("gives each key one meaning", () => {
  const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
