/** Brings ASCII letters to lower case, and leaves everything else as it is. */
export const lowerAscii = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
