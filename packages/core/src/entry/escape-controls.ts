/**
 * DEL and the control characters of ISO 8859-1, which JSON.stringify leaves as they are and terminals obey, and the signs
 * that turn round the direction of a text, so that it reads as another.
 */
const controls = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapeOne = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Escapes what controls a terminal in a JSON text. It is the same JSON before and after. */
export const escapeControls = (json: string): string => json.replace(controls, escapeOne);
