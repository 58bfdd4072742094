export { createEvaluator, type Evaluator } from "./evaluate.ts";
