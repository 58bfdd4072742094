import type { AttributeValue, Entry } from "../entry/entry.ts";
import { fieldCodes, type ValueType } from "./layout.ts";

/** The values of one field and type, of the entries that have one, in the order of the entries. */
export interface GatheredColumn {
  /** One of `fieldCodes`. */
  readonly field: number;
  /** The attribute's name; empty for other fields. */
  readonly name: string;
  readonly type: ValueType;
  readonly values: AttributeValue[];
}

/** Which optional columns an entry has: indices into the columns, ascending. */
export interface Shape {
  readonly columns: readonly number[];
  /** How many entries have this shape. */
  count: number;
}

export interface Gathered {
  readonly columns: readonly GatheredColumn[];
  readonly shapes: readonly Shape[];
  /** Of each entry its shape. */
  readonly shapeCodes: Float64Array;
  /** The index of a column; undefined when no entry has it. */
  columnOf(field: number, name: string, type: ValueType): number | undefined;
}

/**
 * Entries of one kind have the same attributes in the same order, so the way through this tree is nearly always the
 * one that another entry took.
 */
interface Node {
  /** What leads here from the parent. */
  readonly name: string;
  readonly type: ValueType;
  readonly column: number;
  readonly values: AttributeValue[];
  readonly parent: Node | undefined;
  /** The child that was taken last. */
  last: Node | undefined;
  readonly children: Node[];
  /** The children by type and name, once there are many. */
  childrenByKey: Map<string, Node> | undefined;
  /** The index of the shape that ends here; -1 while none does. */
  shape: number;
}

/** Up to this number of children are searched one by one. */
const childrenSearched = 16;

interface Gathering {
  readonly columns: GatheredColumn[];
  readonly columnIndices: Map<string, number>;
  readonly shapes: Shape[];
  readonly shapeIndices: Map<string, number>;
}

const keyOf = (field: number, name: string, type: ValueType): string => `${field}${type}${name}`;

const columnFor = (gathering: Gathering, field: number, name: string, type: ValueType): number => {
  const key = keyOf(field, name, type);
  const known = gathering.columnIndices.get(key);
  if (known !== undefined) return known;
  const index = gathering.columns.push({ field, name, type, values: [] }) - 1;
  gathering.columnIndices.set(key, index);
  return index;
};

const createNode = (
  name: string,
  type: ValueType,
  column: number,
  values: AttributeValue[],
  parent: Node | undefined,
): Node => ({
  name,
  type,
  column,
  values,
  parent,
  last: undefined,
  children: [],
  childrenByKey: undefined,
  shape: -1,
});

const addChild = (gathering: Gathering, node: Node, name: string, type: ValueType): Node => {
  const column = columnFor(gathering, fieldCodes.attribute, name, type);
  const child = createNode(name, type, column, gathering.columns[column]!.values, node);
  node.children.push(child);
  if (node.children.length > childrenSearched) {
    node.childrenByKey ??= new Map(node.children.map((one) => [one.type + one.name, one]));
    node.childrenByKey.set(type + name, child);
  }
  return child;
};

/** Goes from a node to its child for an attribute of this name and type. */
const step = (gathering: Gathering, node: Node, name: string, type: ValueType): Node => {
  const { children, childrenByKey } = node;
  let child: Node | undefined;
  if (childrenByKey !== undefined) child = childrenByKey.get(type + name);
  else {
    for (let i = 0; i < children.length; i++) {
      const one = children[i]!;
      if (one.name === name && one.type === type) child = one;
    }
  }
  child ??= addChild(gathering, node, name, type);
  node.last = child;
  return child;
};

/** The shape at the end of a way. Ways with the same columns in another order share one. */
const shapeAt = (gathering: Gathering, end: Node): number => {
  const columns: number[] = [];
  for (let node = end; node.parent !== undefined; node = node.parent) columns.push(node.column);
  columns.sort((a, b) => a - b);
  const key = columns.join();
  const known = gathering.shapeIndices.get(key);
  if (known !== undefined) return known;
  const index = gathering.shapes.push({ columns, count: 0 }) - 1;
  gathering.shapeIndices.set(key, index);
  return index;
};

const optionalFields = ["service", "level", "traceId", "spanId"] as const;

/** The node for the built-in fields that an entry has, one of 16. */
const rootOf = (gathering: Gathering, root: Node, present: number): Node => {
  let node = root;
  for (const [bit, field] of optionalFields.entries()) {
    if ((present & (1 << bit)) === 0) continue;
    const column = columnFor(gathering, fieldCodes[field], "", "string");
    // It is not among the children: those are found by the names of attributes.
    node = createNode("", "string", column, gathering.columns[column]!.values, node);
  }
  return node;
};

const presenceOf = (entry: Entry): number =>
  (entry.service === undefined ? 0 : 1) |
  (entry.level === undefined ? 0 : 2) |
  (entry.traceId === undefined ? 0 : 4) |
  (entry.spanId === undefined ? 0 : 8);

const gatherAttributes = (gathering: Gathering, root: Node, entry: Entry): Node => {
  const { attributeNames, attributeValues } = entry;
  let node = root;
  for (let i = 0; i < attributeNames.length; i++) {
    const name = attributeNames[i]!;
    const value = attributeValues[i]!;
    const { last } = node;
    // AttributeValue has these three types only.
    const type = typeof value as ValueType;
    node =
      last !== undefined && last.name === name && last.type === type
        ? last
        : step(gathering, node, name, type);
    node.values.push(value);
  }
  return node;
};

/** Turns entries into columns. */
export const gatherColumns = (entries: readonly Entry[]): Gathered => {
  const gathering: Gathering = {
    columns: [],
    columnIndices: new Map(),
    shapes: [],
    shapeIndices: new Map(),
  };
  const root = createNode("", "string", -1, [], undefined);
  const roots: (Node | undefined)[] = new Array(16).fill(undefined);
  const fields = optionalFields.map((field) => ({ field, values: [] as AttributeValue[] }));
  const shapeCodes = new Float64Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    const present = presenceOf(entry);
    let node = roots[present];
    if (node === undefined) {
      node = rootOf(gathering, root, present);
      roots[present] = node;
    }
    if (entry.service !== undefined) fields[0]!.values.push(entry.service);
    if (entry.level !== undefined) fields[1]!.values.push(entry.level);
    if (entry.traceId !== undefined) fields[2]!.values.push(entry.traceId);
    if (entry.spanId !== undefined) fields[3]!.values.push(entry.spanId);
    node = gatherAttributes(gathering, node, entry);
    if (node.shape < 0) node.shape = shapeAt(gathering, node);
    shapeCodes[i] = node.shape;
    gathering.shapes[node.shape]!.count++;
  }
  for (const { field, values } of fields) {
    const index = gathering.columnIndices.get(keyOf(fieldCodes[field], "", "string"));
    if (index !== undefined) gathering.columns[index] = { ...gathering.columns[index]!, values };
  }
  const { columns, shapes, columnIndices } = gathering;
  return {
    columns,
    shapes,
    shapeCodes,
    columnOf: (field, name, type) => columnIndices.get(keyOf(field, name, type)),
  };
};
