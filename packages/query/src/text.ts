/** How names and values are written in a query: bare where nothing in them is special, else in quotes. */

const bare = /^[\p{L}\p{N}_.@%+,#~$][\p{L}\p{N}_.@%+,#~$-]*$/u;
const bareValue = /^[\p{L}\p{N}_.@%+,#~$-]+$/u;
const keyword = /^(?:AND|OR|NOT|TO)$/;

export const isKeyword = (text: string): boolean => keyword.test(text);

export const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** Writes a word of the message. */
export const printWord = (text: string): string =>
  bare.test(text) && !isKeyword(text) ? text : quote(text);

/** Writes the name of a field, without its colon. */
export const printField = (name: string): string => (bare.test(name) ? name : quote(name));

/** Writes the value behind the colon. */
export const printValue = (text: string): string => (bareValue.test(text) ? text : quote(text));

/** What a backslash may stand before in bare text; before anything else it is a backslash. */
const escapable = /[\s!-/:-@[-`{-~]/;

export const isEscapable = (character: string): boolean => escapable.test(character);
