import { anything } from "./placeholders.ts";
import { maskWords } from "./words.ts";

/** A pattern shows so many characters at most; the rest is `<*>`. */
const shapeLengthMax = 600;

const url = /[A-Za-z][A-Za-z+.-]{0,15}:\/\/(?:<[a-z]+>|[^\s"'`<>()[\]{}|\\^])+/g;
const email = /(?:<id>|<num>|[\w.+-]){1,64}@(?:<id>|[\w-])+(?:\.(?:<id>|[\w-])+)+/g;
const clock = "<num>:<num>:<num>(?:[.,]<num>)?";
const zone = "(?:Z| ?[+-]<num>(?::<num>)?)?";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const day = `(?:<date>|<num>[/.]<num>[/.]<num>|<num>[/ -]${month}[/ -]<num>|${month} {1,2}<num>)`;
const times = [
  new RegExp(`<date>T<num>(?::<num>){0,2}${zone}`, "g"),
  new RegExp(`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?${day}[ T:]{1,2}${clock}${zone}`, "g"),
  new RegExp(`(?<![:\\w>])${clock}(?![:<])`, "g"),
];
/** Groups of hex digits between colons: an IPv6 address when there are enough of them. */
const colons = /(?<![\w:>.])(?:<num>|<id>|[A-Fa-f]{1,4}(?![A-Fa-f])|:)+(?![\w<])/g;
const version =
  /(?<![\w>.])(?:<num>:)?(?:<version>|<num>|<id>)(?:[+~.]{1,2}(?:<version>|<num>|<id>|[A-Za-z]+))*/g;
const doubleQuoted = /"(?:[^"\\]|\\.)*"(\s?[:=])?/g;
const singleQuoted = /(?<![\w>])'[^']*'(?![\w<])(\s?[:=])?/g;
const backQuoted = /`[^`]*`/g;
const hexOfLetters = /(?<![\w>.-])[a-f]{8,}(?![\w<-])/g;

/** The sign behind an address ends the sentence. */
const maskUrl = (found: string): string => `<url>${/[.,:;!?]*$/.exec(found)?.[0] ?? ""}`;

/** Groups of an IPv6 address, and of one of the hardware. */
const ipGroups = 8;
const macGroups = 6;

const maskColons = (found: string): string => {
  const groups = found.split(":").filter((group) => group !== "");
  if (!groups.some((group) => group.startsWith("<"))) return found;
  if (groups.length === ipGroups || (groups.length > 1 && found.includes("::"))) return "<ip>";
  return groups.length === macGroups ? "<id>" : found;
};

/** Of Debian, as in 1:4.13+dfsg1-1; a sum of numbers is none. */
const maskVersion = (found: string): string => {
  const isVersion = /[+~]/.test(found)
    ? /<id>|<version>|<num>:/.test(found)
    : /^(?:<num>:)?<version>$/.test(found);
  return isVersion ? "<version>" : found;
};

/** What stands in quotes is a value; before a colon or an equals sign it is a name, and stays. */
const maskQuoted = (found: string, sign: string | undefined): string =>
  sign === undefined ? `${found[0]}<str>${found[0]}` : found;

/** Puts placeholders in the place of what is longer than a word: times, addresses, versions, what is in quotes. */
const maskPhrases = (text: string): string => {
  let shape = text;
  if (shape.includes("://")) shape = shape.replace(url, maskUrl);
  if (shape.includes("@")) shape = shape.replace(email, "<email>");
  if (shape.includes("<num>")) for (const time of times) shape = shape.replace(time, "<time>");
  if (shape.includes(":")) shape = shape.replace(colons, maskColons);
  if (shape.includes("<")) shape = shape.replace(version, maskVersion);
  if (shape.includes('"')) shape = shape.replace(doubleQuoted, maskQuoted);
  if (shape.includes("'")) shape = shape.replace(singleQuoted, maskQuoted);
  if (shape.includes("`")) shape = shape.replace(backQuoted, "`<str>`");
  return shape.replace(hexOfLetters, "<id>");
};

/** The first line of a text that is not empty, with what is empty before it. */
const firstLine = (text: string): string => {
  if (!text.includes("\n")) return text;
  const end = text.indexOf("\n", text.search(/\S/));
  return end < 0 ? text : text.slice(0, end);
};

const hasMore = (text: string, line: string): boolean =>
  line.length < text.length && /\S/.test(text.slice(line.length));

/**
 * Makes the shape of a message of the message with its words masked: of its first line, up to a length. A shape
 * depends on that text alone, so that it is the same from a chunk's templates and from the message itself.
 */
export const maskShape = (masked: string): string => {
  const line = firstLine(masked);
  const isLong = line.length > shapeLengthMax;
  // Where the limit cuts through a placeholder or a character of two units, the rest is no text of the message.
  const shown = isLong
    ? line.slice(0, shapeLengthMax).replace(/<[a-z*]{0,8}$|[\ud800-\udbff]$/, "")
    : line;
  const shape = maskPhrases(shown).trim();
  return isLong || hasMore(masked, line) ? `${shape} ${anything}` : shape;
};

/** Masks the words of a message as far as its shape looks at them. Those that are masked already stay as they are. */
export const maskMessage = (message: string): string => {
  const line = firstLine(message);
  const masked = maskWords(line, shapeLengthMax);
  return hasMore(message, line) ? `${masked}\n${anything}` : masked;
};
