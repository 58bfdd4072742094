/** Words that have a digit in their name; they say what a message is about, and do not differ from entry to entry. */
const names = new Set(
  [
    "utf8 utf16 latin1 iso8601 ascii7 base32 base64 md5 sha1 sha224 sha256 sha384 sha512 crc32 ed25519 rs256 es256 hs256 aes128",
    "aes256 h2 h3 http1 http2 http3 tls1 tls12 tls13 ipv4 ipv6 inet4 inet6 oauth1 oauth2 s3 ec2 r53 k8s i18n l10n e2e p50 p90 p95 p99",
    "x86 x64 x86_64 i386 i686 amd64 arm64 arm32 win32 win64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 f32 f64 u8",
    "u16 u32 u64 i8 i16 i32 i64 log4j slf4j python2 python3 lua5 es6 vec2 vec3 vec4 mat4 mp3 mp4 h264 h265 vp8 vp9 av1 web3 sqlite3 4xx 5xx 2d 3d",
  ].flatMap((line) => line.split(" ")),
);

/** Longer words are ids without a closer look, so that none takes long. */
const wordLengthMax = 64;

const smallNumber = /^-?\d(?:\.\d+)?e-\d+$/;
/** As in the path of an API. */
const generation = /^v\d$/;
const date = /^\d{4}-\d\d-\d\d$/;
const dateAndHour = /^\d{4}-\d\d-\d\dT\d\d$/;
const compactTime = /^\d{8}T\d{6}Z?$/;
const zulu = /^\d\d(?:\.\d+)?Z$/;
const westOfGreenwich = /^\d\d(?:\.\d+)?-\d\d(?:\d\d)?$/;
const duration = /^-?(?:\d+(?:\.\d+)?(?:ns|us|ms|s|min|m|hrs|h|sec))+$/;
const size = /^\d+(?:\.\d+)?(?:B|[kKMGTmgt]i?[bB]|[KMGT])$/;
const version = /^(?:v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})(?:-.*)?$|^\d+(?:\.\d+)+-.*$/;

const dash = 0x2d;
const dot = 0x2e;

/**
 * Masks the part of a text that has only digits in it, with single dots between them and perhaps a minus sign in
 * front: so are most words, so it is done by hand. Undefined for anything else.
 */
export const maskDigits = (text: string, from: number, to: number): string | undefined => {
  const start = text.charCodeAt(from) === dash ? from + 1 : from;
  let dots = 0;
  let part = 0;
  let largest = 0;
  let previous = dot;
  if (to - from > wordLengthMax) return undefined;
  for (let at = start; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (previous === dot) return undefined;
      dots++;
      part = 0;
    } else if (code >= 0x30 && code <= 0x39) {
      part = part * 10 + code - 0x30;
      if (part > largest) largest = part;
    } else return undefined;
    previous = code;
  }
  if (previous === dot) return undefined;
  if (dots < 2) return "<num>";
  if (start > from) return undefined;
  return dots === 3 && largest <= 255 ? "<ip>" : "<version>";
};

/**
 * What stands for a word with a digit in it: a placeholder, parts of a time that `maskShape` puts together, or the
 * word itself where its digit belongs to a name.
 */
export const maskWord = (word: string): string => {
  if (word.length > wordLengthMax) return "<id>";
  const mask = maskDigits(word, 0, word.length);
  if (mask !== undefined) return mask;
  if (names.has(word.toLowerCase()) || generation.test(word)) return word;
  if (!startsWithDigit.test(word)) return version.test(word) ? "<version>" : "<id>";
  if (smallNumber.test(word)) return "<num>";
  if (date.test(word)) return "<date>";
  if (dateAndHour.test(word)) return "<date>T<num>";
  if (compactTime.test(word)) return "<time>";
  if (zulu.test(word)) return "<num>Z";
  if (westOfGreenwich.test(word)) return "<num>-<num>";
  if (duration.test(word)) return "<duration>";
  if (size.test(word)) return "<size>";
  return version.test(word) ? "<version>" : "<id>";
};

const startsWithDigit = /^-?\d/;

/** Whether digits, and hex digits from eight on, behind this prefix make an id of it, whatever they are. */
export const isIdPrefix = (prefix: string): boolean =>
  /^[A-Za-z_][A-Za-z_-]*$/.test(prefix) && !startsName(prefix.toLowerCase());

const startsName = (prefix: string): boolean => {
  for (const name of names) if (name.startsWith(prefix)) return true;
  return false;
};

const letter = 1;
const digit = 2;

/** What a character is in a word, as `chunk/columns/template-scan.ts` has it: a slot of a template is such a word. */
const createKinds = (): Uint8Array => {
  const kinds = new Uint8Array(128);
  for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") {
    kinds[char.charCodeAt(0)] = letter;
  }
  for (const char of "0123456789") kinds[char.charCodeAt(0)] = digit;
  return kinds;
};

const kinds = createKinds();

const kindAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  // Behind the end there is no code: NaN is not below anything.
  return code < 128 ? kinds[code]! : 0;
};

/** True when the dot at `at` has digits on both sides: it is inside a word, as in 41.5 and 10.0.0.1. */
const isInside = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x2e && kindAt(text, at - 1) === digit && kindAt(text, at + 1) === digit;

/** Where the word that begins at `start` ends, and whether a digit is in it. */
const readWord = (
  text: string,
  start: number,
): { readonly end: number; readonly hasDigit: boolean } => {
  let seen = 0;
  let at = start;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === 0 && (seen < digit || !isInside(text, at))) break;
    seen |= kind;
    at++;
  }
  return { end: at, hasDigit: seen >= digit };
};

/** Whether the text is one word with a digit in it, and nothing else. */
export const isMaskable = (text: string): boolean => {
  const { end, hasDigit } = readWord(text, 0);
  return hasDigit && end === text.length;
};

/** Whether a word could go on over the border between two texts. */
export const isWordCharacter = (text: string, at: number): boolean => kindAt(text, at) !== 0;

/** Puts `maskWord` in the place of all words with a digit; it may stop behind `lengthMax` characters of the result. */
export const maskWords = (text: string, lengthMax: number): string => {
  let masked = "";
  let from = 0;
  let at = 0;
  while (at < text.length && masked.length + at - from <= lengthMax) {
    const { end, hasDigit } = readWord(text, at);
    if (hasDigit) {
      masked += text.slice(from, at) + maskWord(text.slice(at, end));
      from = end;
    }
    at = end + 1;
  }
  return masked + text.slice(from, at);
};
