import { expect, it } from "vitest";
import { readStored, writeStored } from "./browser-storage.ts";

const refusing = (): Storage => {
  throw new DOMException("access is denied", "SecurityError");
};

it("is like an empty store where the browser keeps nothing", () => {
  expect(readStored("key", refusing)).toBeNull();
  expect(writeStored("key", "text", refusing)).toBe(false);
  expect(writeStored("key", null, refusing)).toBe(false);
});

it("keeps and forgets", () => {
  const kept = new Map<string, string>();
  // Only these three are used.
  const storage = () =>
    ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
      removeItem: (key: string) => kept.delete(key),
    }) as unknown as Storage;
  expect(writeStored("key", "text", storage)).toBe(true);
  expect(readStored("key", storage)).toBe("text");
  expect(writeStored("key", null, storage)).toBe(true);
  expect(readStored("key", storage)).toBeNull();
});
