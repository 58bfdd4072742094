import type { Assertion, Node, Ranges } from "./node.ts";

/** The most steps of a program: what one character costs at worst. */
export const programSizeMax = 1100;

/** A step of a program; `next` and `other` are the numbers of steps. */
export type Step =
  | { readonly kind: "match" }
  | { readonly kind: "set"; readonly ranges: Ranges; next: number }
  | { readonly kind: "split"; next: number; other: number }
  | { readonly kind: "assertion"; readonly assertion: Assertion; next: number };

/** A nondeterministic automaton (Thompson's construction). */
export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** How many steps the program of a node has, give or take the last one. */
export const programSizeOf = (node: Node): number => {
  switch (node.kind) {
    case "empty":
      return 0;
    case "set":
    case "assertion":
      return 1;
    case "concat":
      return node.nodes.reduce((sum, part) => sum + programSizeOf(part), 0);
    case "either":
      return node.nodes.reduce((sum, part) => sum + programSizeOf(part) + 1, 0);
    case "repeat": {
      const size = programSizeOf(node.node);
      const optional = node.max === Infinity ? 1 : node.max - node.min;
      // What takes no step still takes time to repeat.
      return node.min * Math.max(size, 1) + optional * (size + 1);
    }
  }
};

/** Makes the program of a node, from its end to its beginning: each part is given what comes behind it. */
export const createProgram = (node: Node): Program => {
  const steps: Step[] = [{ kind: "match" }];
  const add = (step: Step): number => steps.push(step) - 1;

  const addRepeat = (part: Node & { kind: "repeat" }, next: number): number => {
    let at = next;
    if (part.max === Infinity) {
      const split = { kind: "split" as const, next: 0, other: next };
      at = add(split);
      split.next = addNode(part.node, at);
    } else {
      // x{0,2} is (x(x)?)?: each one that may be missing leads to the end.
      for (let i = part.min; i < part.max; i++) {
        at = add({ kind: "split", next: addNode(part.node, at), other: next });
      }
    }
    for (let i = 0; i < part.min; i++) at = addNode(part.node, at);
    return at;
  };

  const addNode = (part: Node, next: number): number => {
    switch (part.kind) {
      case "empty":
        return next;
      case "set":
        return add({ kind: "set", ranges: part.ranges, next });
      case "assertion":
        return add({ kind: "assertion", assertion: part.assertion, next });
      case "concat":
        return part.nodes.reduceRight((at, inner) => addNode(inner, at), next);
      case "either":
        return part.nodes
          .map((inner) => addNode(inner, next))
          .reduceRight((other, at) => add({ kind: "split", next: at, other }));
      case "repeat":
        return addRepeat(part, next);
    }
  };

  const start = addNode(node, 0);
  return { steps, start };
};
