/** What is looked for in texts. */
export const redactionPatterns = ["token", "email", "card", "ip"] as const;

export type RedactionPattern = (typeof redactionPatterns)[number];

/**
 * `drop` takes it away, `mask` leaves a word in its place, `hash` leaves the same code for the same value, by a key, so that
 * what belongs together is still found together.
 */
export const redactionActions = ["drop", "mask", "hash"] as const;

export type RedactionAction = (typeof redactionActions)[number];

/** What is taken out of entries before anything else is done with them. Plain data: it may travel to another thread. */
export interface RedactionRules {
  readonly patterns: Readonly<Partial<Record<RedactionPattern, RedactionAction>>>;
  /** By the name of the attribute, in lower case: its whole name, or the last part of a dotted one. */
  readonly attributes: Readonly<Record<string, RedactionAction>>;
  /** The key of `hash`. Who has it can look for the values of a guess; without it nobody can. */
  readonly hashKey: string;
}

export interface ParsedRedaction {
  /** Undefined where nothing is to be redacted. */
  readonly rules: RedactionRules | undefined;
  readonly problems: readonly string[];
}

const attributePrefix = "attributes.";

/** A shorter key could be guessed along with the values. */
const hashKeyLengthMin = 16;

/** Parses rules such as `email=hash,card=mask,attributes.password=drop`. */
export const parseRedaction = (text: string, hashKey: string): ParsedRedaction => {
  const problems: string[] = [];
  const patterns: Partial<Record<RedactionPattern, RedactionAction>> = {};
  const attributes: Record<string, RedactionAction> = Object.create(null);
  const words = text.split(",").map((word) => word.trim());
  for (const word of words.filter((one) => one !== "")) {
    const [name = "", verb] = word.split("=");
    const action = redactionActions.find((one) => one === verb);
    const pattern = redactionPatterns.find((one) => one === name);
    const isAttribute = name.startsWith(attributePrefix) && name.length > attributePrefix.length;
    if (action === undefined || (pattern === undefined && !isAttribute))
      problems.push(
        `${JSON.stringify(word)} is no rule; a rule is ${redactionPatterns.join(", ")} or attributes.NAME, then =, then ${redactionActions.join(", ")}`,
      );
    else if (pattern !== undefined) patterns[pattern] = action;
    else attributes[name.slice(attributePrefix.length).toLowerCase()] = action;
  }
  const actions = [...Object.values(patterns), ...Object.values(attributes)];
  if (actions.includes("hash") && hashKey.length < hashKeyLengthMin)
    problems.push(
      `the key of hash has ${hashKey.length} characters; it must have ${hashKeyLengthMin}`,
    );
  return { rules: actions.length > 0 ? { patterns, attributes, hashKey } : undefined, problems };
};
