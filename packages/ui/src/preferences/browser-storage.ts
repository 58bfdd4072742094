/** What is kept in the browser. One that keeps nothing, as in some private windows, is like one where nothing was kept. */
export const readStored = (key: string, storage: () => Storage = () => localStorage) => {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
};

/** Keeps a text, or with `null` nothing; false where the browser refuses. */
export const writeStored = (
  key: string,
  text: string | null,
  storage: () => Storage = () => localStorage,
): boolean => {
  try {
    if (text === null) storage().removeItem(key);
    else storage().setItem(key, text);
    return true;
  } catch {
    return false;
  }
};
