import { parseRedaction, type RedactionRules } from "@log-service/core/redact";

/** As in `config.ts`; both hosts have these. */
export const redactionSettings = [
  {
    name: "LOG_SERVICE_REDACT",
    default: "",
    description:
      "What is taken out of entries before they are stored, as in `email=hash,card=mask,attributes.password=drop`: some of email, ip, card, token and attributes.NAME, each with drop, mask or hash. See SECURITY.md.",
  },
  {
    name: "LOG_SERVICE_REDACT_KEY",
    default: "",
    description:
      "The secret key of `hash`, 16 characters at least; who has it can look for the values of a guess.",
  },
] as const;

type RedactionName = (typeof redactionSettings)[number]["name"];

/** Parses the rules; adds what is wrong with them to `problems`. Undefined where there are none. */
export const parseRedactionConfig = (
  text: (name: RedactionName) => string,
  problems: string[],
): RedactionRules | undefined => {
  const parsed = parseRedaction(text("LOG_SERVICE_REDACT"), text("LOG_SERVICE_REDACT_KEY"));
  problems.push(...parsed.problems.map((problem) => `LOG_SERVICE_REDACT: ${problem}`));
  return parsed.rules;
};
