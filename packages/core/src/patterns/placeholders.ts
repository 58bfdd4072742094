/** What stands for a part of a message that differs from entry to entry. */
export const placeholders = [
  "<num>",
  "<id>",
  "<ip>",
  "<time>",
  "<date>",
  "<duration>",
  "<size>",
  "<version>",
  "<url>",
  "<email>",
  "<str>",
  "<*>",
] as const;

/** Any text at all; of free words, and of what comes behind the part of a message that a pattern shows. */
export const anything = "<*>";

const names = placeholders.map((one) => one.slice(1, -1).replace("*", "\\*"));

/** Finds a placeholder in the text of a pattern. */
export const placeholderSource = `<(?:${names.join("|")})>`;
