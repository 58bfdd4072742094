export type { RequiredLiteral } from "./literal.ts";
export { compileRegex, parseRegex, type Regex, requiredLiteral } from "./regex.ts";
export { createUnicode, type Unicode } from "./unicode.ts";
