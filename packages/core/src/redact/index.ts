export { createRedactor, type Redactor } from "./redactor.ts";
export {
  type ParsedRedaction,
  parseRedaction,
  type RedactionAction,
  type RedactionPattern,
  type RedactionRules,
  redactionPatterns,
} from "./rules.ts";
