export { compile, fieldsOf, matches } from "./compile.ts";
export {
  type Completion,
  type CompletionItem,
  type CompletionSource,
  complete,
} from "./complete.ts";
export {
  type BuiltInField,
  builtInFields,
  type FieldPlace,
  numberOf,
  placeOf,
  type QueryableEntry,
  type QueryableValue,
  readerOf,
} from "./entry.ts";
export { all, type Comparison, type Filter, type FilterOf, normalize, nothing } from "./filter.ts";
export type { Predicate } from "./operators/operator.ts";
export { type ParsedQuery, type ParseOptions, parse, queryLengthMax, tokenize } from "./parse.ts";
export { print } from "./print.ts";
export { compileRegex, type Regex, type RequiredLiteral, requiredLiteral } from "./regex/index.ts";
export type { Problem, Token, TokenKind } from "./scanner.ts";
