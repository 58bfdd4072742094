import type { RedactionPattern } from "./rules.ts";

/**
 * Replaces what a pattern finds. Every expression here takes time in proportion to the text, whatever it holds: each run
 * of characters that can begin a match is tried from its beginning only, which the look-behinds see to, and parts that
 * follow each other have no character in common.
 */
export type ReplaceIn = (text: string, replacement: (found: string) => string) => string;

/** `Bearer` and `Basic` are words too: what follows them is taken for a secret when it looks like none. */
const scheme = /(?<![A-Za-z])(bearer|basic)(\s{1,8}|%20)([A-Za-z0-9._~+/=-]{8,})/gi;
const jwt = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const ownKey = /lsk_[a-z0-9]{12}_[\w-]{43}/g;

/** Looks for words before it looks at what stands around them: nearly all texts have none of these. */
const mayHoldScheme = /b(?:earer|asic)[\s%]/i;

const replaceTokens: ReplaceIn = (text, replacement) => {
  let replaced = text;
  if (text.length >= 14 && mayHoldScheme.test(text))
    replaced = replaced.replace(scheme, (all, word: string, space: string, secret: string) =>
      /\d/.test(secret) || secret.length >= 20 ? `${word}${space}${replacement(secret)}` : all,
    );
  if (text.includes("eyJ")) replaced = replaced.replace(jwt, replacement);
  return text.includes("lsk_") ? replaced.replace(ownKey, replacement) : replaced;
};

/** Whatever stands before the sign up to a separator, in any script; the sign may be escaped, as in an address of a page. */
const email =
  /(?<![^\s<>()[\]{}"'`,;:=|\\/@&?])[^\s<>()[\]{}"'`,;:=|\\/@&?]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

const replaceEmails: ReplaceIn = (text, replacement) =>
  text.includes("@") || text.includes("%40") ? text.replace(email, replacement) : text;

/** In one piece, or in the groups that are printed on cards. */
const card =
  /(?<![0-9A-Za-z.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5})(?![0-9A-Za-z])/g;

/**
 * The numbers that issuers of cards begin with: without this each tenth id of a platform would be taken for a card.
 * https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)
 */
const issuers =
  /^(?:4|5[0-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|35(?:2[89]|[3-8])|6(?:011|4[4-9]|5|2|0|7|9))/;

/** The check digit of ISO/IEC 7812-1. */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** Four digits are in every way to write one. */
const mayHoldCard = /\d{4}/;

const replaceCards: ReplaceIn = (text, replacement) =>
  text.length < 13 || !mayHoldCard.test(text)
    ? text
    : text.replace(card, (found) => {
        const digits = found.replaceAll(/[ -]/g, "");
        return issuers.test(digits) && hasCheckDigit(digits) ? replacement(found) : found;
      });

const ip4 = /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g;
const ip6 =
  /(?<![\w:])(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-f]{0,4})(?![\w:])/gi;

/** Names with `::` in them occur in messages too; an address without any digit hardly does. */
const isIp6 = (text: string): boolean => /\d/.test(text) && URL.canParse(`http://[${text}]/`);

/** Whether a character occurs twice: addresses have two points or two colons at least. */
const hasTwo = (text: string, character: string): boolean => {
  const first = text.indexOf(character);
  return first >= 0 && text.includes(character, first + 1);
};

const replaceAddresses: ReplaceIn = (text, replacement) => {
  const replaced = hasTwo(text, ":")
    ? text.replace(ip6, (found) => (isIp6(found) ? replacement(found) : found))
    : text;
  return hasTwo(text, ".")
    ? replaced.replace(ip4, (found) =>
        found.split(".").every((part) => Number(part) <= 255) ? replacement(found) : found,
      )
    : replaced;
};

/** In the order in which they are looked for: a token may hold what looks like something else. */
export const replacers: Readonly<Record<RedactionPattern, ReplaceIn>> = {
  token: replaceTokens,
  email: replaceEmails,
  card: replaceCards,
  ip: replaceAddresses,
};
