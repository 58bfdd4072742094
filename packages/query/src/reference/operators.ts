import { allDocs } from "../operators/all.ts";
import { andDocs } from "../operators/and.ts";
import { compareDocs } from "../operators/compare.ts";
import { containsDocs } from "../operators/contains.ts";
import { equalsDocs } from "../operators/equals.ts";
import { existsDocs } from "../operators/exists.ts";
import { notDocs } from "../operators/not.ts";
import type { OperatorDocs } from "../operators/operator.ts";
import { orDocs } from "../operators/or.ts";
import { rangeDocs } from "../operators/range.ts";
import { regexDocs } from "../operators/regex.ts";
import { wildcardDocs } from "../operators/wildcard.ts";

/** Every operator, in the order in which the reference explains them. */
export const operatorDocs: readonly OperatorDocs[] = [
  containsDocs,
  regexDocs,
  equalsDocs,
  wildcardDocs,
  existsDocs,
  compareDocs,
  rangeDocs,
  andDocs,
  orDocs,
  notDocs,
  allDocs,
];
