import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { AttributeValue, Entry } from "../entry/entry.ts";
import { limits } from "../entry/limits.ts";
import { replacers } from "./patterns.ts";
import { type RedactionAction, type RedactionRules, redactionPatterns } from "./rules.ts";

/** Takes out of entries what must not be kept. */
export interface Redactor {
  entry(entry: Entry): Entry;
  /** Takes it out of what is said about an entry that was refused: values that were cut are left out whole. */
  refusal(text: string): string;
}

/** What stands for a message of which nothing is left: none may be empty. */
const nothingLeft = "[redacted]";

/** Enough of the code that two values do not meet, and short enough to search for. */
const hashLength = 16;

/** A number of at least so many digits may be that of a card. */
const cardNumberMin = 1e12;

/** A value in quotes, and the dots behind one that was cut. */
const quoted = /"(?:[^"\\]|\\.)*"(?:\.\.\.)?/g;

const bytesMax = { message: limits.messageBytes.value, value: limits.attributeValueBytes.value };

/** What is put in may be longer than what it replaces; the limit holds all the same. */
const cutTo = (text: string, max: number): string => {
  if (text.length * 3 <= max) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= max) return text;
  // A cut inside of a character leaves U+FFFD in place of its rest, three bytes long.
  return bytes.subarray(0, max - 3).toString();
};

/** Redacts one text, and hashes one value. */
interface Tools {
  inText(text: string): string;
  hash(value: string): string;
}

const createTools = ({ patterns, hashKey }: RedactionRules): Tools => {
  const hash = (value: string) =>
    `hash:${createHmac("sha256", hashKey).update(value).digest("hex").slice(0, hashLength)}`;
  const replacementOf = {
    drop: () => () => "",
    mask: (name: string) => () => `[${name}]`,
    hash: () => hash,
  };
  const steps = redactionPatterns.flatMap((name) => {
    const action = patterns[name];
    if (action === undefined) return [];
    const replaceIn = replacers[name];
    const replacement = replacementOf[action](name);
    return [(text: string) => replaceIn(text, replacement)];
  });
  const inText = (text: string): string => {
    let redacted = text;
    for (const step of steps) redacted = step(redacted);
    return redacted;
  };
  return { inText, hash };
};

/** What is done with an attribute of a name. */
interface NameRule {
  readonly action: RedactionAction | undefined;
  /** The name without what must not be kept; empty when nothing is left of it. */
  readonly name: string;
}

/** The entries of a batch share their names; who makes up names is not to fill the memory with them. */
const namesRemembered = 1000;

const createNameRules = ({ attributes }: RedactionRules, { inText }: Tools) => {
  const known = new Map<string, NameRule>();
  const find = (name: string): NameRule => {
    const lower = name.toLowerCase();
    const last = lower.slice(lower.lastIndexOf(".") + 1);
    // On another thread the rules are a plain object, which has a `constructor` of its own accord.
    const ruled = [lower, last].find((one) => Object.hasOwn(attributes, one));
    return { action: ruled === undefined ? undefined : attributes[ruled], name: inText(name) };
  };
  return (name: string): NameRule => {
    const found = known.get(name) ?? find(name);
    if (known.size < namesRemembered) known.set(name, found);
    return found;
  };
};

const createAttributeRedactor = (rules: RedactionRules, tools: Tools) => {
  const { inText, hash } = tools;
  const ruleFor = createNameRules(rules, tools);
  const byPattern = (value: AttributeValue): AttributeValue => {
    if (typeof value === "boolean") return value;
    if (typeof value === "number" && value < cardNumberMin) return value;
    const text = inText(String(value));
    return text === String(value) ? value : cutTo(text, bytesMax.value);
  };
  const byName = (action: RedactionAction | undefined, value: AttributeValue): AttributeValue => {
    if (action === undefined) return byPattern(value);
    return action === "mask" ? "[masked]" : hash(String(value));
  };
  /** Two names may have become one; the first stands for both. Nothing stands for a name that is gone. */
  const isFree = (entry: Entry, names: readonly string[], name: string) =>
    name !== "" && !names.includes(name) && !entry.attributeNames.includes(name);
  return (entry: Entry) => {
    const names: string[] = [];
    const values: AttributeValue[] = [];
    for (const [index, name] of entry.attributeNames.entries()) {
      const rule = ruleFor(name);
      const hasPlace = rule.name === name || isFree(entry, names, rule.name);
      if (rule.action === "drop" || !hasPlace) continue;
      names.push(rule.name);
      values.push(byName(rule.action, entry.attributeValues[index] as AttributeValue)); // one for each name
    }
    return { attributeNames: names, attributeValues: values };
  };
};

export const createRedactor = (rules: RedactionRules): Redactor => {
  const tools = createTools(rules);
  const { inText } = tools;
  const attributesOf = createAttributeRedactor(rules, tools);
  const inField = (text: string | undefined) => (text === undefined ? undefined : inText(text));
  const inMessage = (message: string): string => {
    const text = inText(message);
    return text === message ? message : cutTo(text, bytesMax.message) || nothingLeft;
  };
  return {
    // The properties in the order of `Entry`, so that all entries share one hidden class.
    entry: (entry) => ({
      timestamp: entry.timestamp,
      severity: entry.severity,
      message: inMessage(entry.message),
      service: inField(entry.service),
      level: inField(entry.level),
      traceId: inField(entry.traceId),
      spanId: inField(entry.spanId),
      ...attributesOf(entry),
    }),
    refusal: (text) => inText(text.replace(quoted, '"..."')),
  };
};
