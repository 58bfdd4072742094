import { compile, parse } from "@log-service/query";
import { describe, expect, it } from "vitest";
import { openChunk } from "../chunk/decode.ts";
import { encodeChunk } from "../chunk/encode.ts";
import { chunkIdFor, sampleEntries } from "../chunk/test/sample.ts";
import type { AttributeValue, Entry } from "../entry/entry.ts";
import { createEvaluator } from "./evaluate.ts";

const [base] = sampleEntries(1) as [Entry];

const withMessages = (messages: readonly string[]): Entry[] =>
  messages.map((message, index) => ({ ...base, message, timestamp: base.timestamp + index }));

const withValues = (values: readonly AttributeValue[]): Entry[] =>
  values.map((value, index) => ({
    ...base,
    timestamp: base.timestamp + index,
    attributeNames: ["x"],
    attributeValues: [value],
  }));

const openOf = (entries: readonly Entry[]) =>
  openChunk(encodeChunk(entries, { id: chunkIdFor(entries) }).bytes);

const filterOf = (text: string) => {
  const { filter, problems } = parse(text);
  expect(problems).toEqual([]);
  return filter;
};

/** The entries that a query finds by the columns, after a comparison with its meaning on each. */
const find = (query: string, entries: readonly Entry[]): number[] => {
  const reader = openOf(entries);
  const filter = filterOf(query);
  const set = createEvaluator(filter).select(reader, 0, entries.length);
  const found = [...entries.keys()].filter((index) => set.has(index));
  const isMet = compile(filter);
  expect(found).toEqual([...entries.keys()].filter((index) => isMet(entries[index]!)));
  return found;
};

/** Which of the values are found; the column has them all. */
const findValues = (query: string, values: readonly AttributeValue[]) =>
  find(query, withValues(values)).map((index) => values[index]);

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const kindOf = (values: readonly AttributeValue[]) => {
  const [column] = openOf(withValues(values))
    .columns()
    .filter(({ name }) => name === "x");
  return column?.type === "string" ? column.read().kind : column?.type;
};

describe("a word in templates", () => {
  const bodies = ["alpha", "BETA", "gamma-ray", "42", "x=1", "é", "😀", "peer lost"];
  const messages = range(120).map(
    (index) => `conn ${index * 37}/${index % 7}-${bodies[index % bodies.length]} closed by peer`,
  );
  const entries = withMessages(messages);

  it("has templates to look at", () => {
    expect(openOf(entries).messages().kind).toBe("templates");
  });

  it.each([
    ["in a literal", "closed"],
    ["in a literal, in the other case", "CLOSED BY"],
    ["in a slot", "gamma"],
    ["in a slot, in the other case", "beta"],
    ["in a slot beyond ASCII", "é"],
    ["from a literal into a slot", '"conn 3"'],
    ["from a slot into a literal", '"ray closed"'],
    ["from a number into a literal", '"7/"'],
    ["across a literal, from slot to slot", '"4/"'],
    ["across two literals", '"7/1-b"'],
    ["the whole message", `"${messages[5]}"`],
    ["around a slot", '"-BETA c"'],
    ["with a regular expression that has a literal", "/clo.ed by/"],
    ["with one that has none", "/[0-9]{3}.[15]/"],
    ["as a whole message", `message:"${messages[9]}"`],
    ["as a message with a wildcard", "message:conn*ray*peer"],
  ])("is found %s: %s", (_, query) => {
    expect(find(query, entries).length).toBeGreaterThan(0);
  });

  it.each([
    ["each is in another part", '"closed conn"'],
    ["it crosses a border that no message has so", '"gammaclosed"'],
    ["it ends one message and begins the next", '"peerconn"'],
  ])("is not found where %s: %s", (_, query) => {
    expect(find(query, entries)).toEqual([]);
  });
});

it("finds long text as it finds short text, in either case", () => {
  const long = "Abc é ".repeat(12);
  const messages = range(60).map((index) =>
    index % 3 === 0 ? `${long}${index}` : `${index} ${long.toUpperCase()}`,
  );
  const entries = withMessages(messages);
  expect(find(`"${long.trimEnd()}"`, entries)).toEqual(range(60).filter((one) => one % 3 === 0));
  const plain = "abc def ".repeat(12);
  const others = withMessages(messages.map((one) => one + plain.toUpperCase() + plain));
  expect(find(`"${plain}abc"`, others)).toHaveLength(60);
  expect(find(`"${plain}${plain}abcd"`, others)).toEqual([]);
});

describe("a value by its encoding", () => {
  const affixed = range(60).map((index) => `p-${index * 7919}`);
  const fixed = range(60).map((index) => `7656119${`${index * 104_729}`.padStart(10, "0")}`);
  const hex = range(60).map((index) => `m-${(index * 2654435761).toString(16).padStart(16, "0")}`);
  const uuids = range(60).map(
    (index) => `00000000-0000-4000-8000-${`${index * 104_729}`.padStart(12, "0")}`,
  );
  const texts = range(60).map((index) => `${"ab".repeat(index % 5)} ${index}é`);
  const repeated = range(90).map((index) => affixed[index % 30]!);
  const numeric = range(60).map((index) => `${index * 3}`);

  it.each([
    ["affixed", affixed],
    ["affixed", fixed],
    ["hex", hex],
    ["uuid", uuids],
    ["text", texts],
    ["dictionary", repeated],
  ])("finds each value of a column that is %s, and nothing like it", (kind, values) => {
    expect(kindOf(values)).toBe(kind);
    for (const value of values.slice(0, 30)) {
      const same = values.filter((one) => one === value);
      expect(findValues(`x:"${value}"`, values)).toEqual(same);
      for (const other of [`${value}0`, `0${value}`, value.slice(1), value.slice(0, -1), "0"])
        expect(findValues(`x:"${other}"`, values)).toEqual(values.filter((one) => one === other));
    }
  });

  it("takes a number with zeros in front for another text", () => {
    expect(findValues('x:"p-07919"', affixed)).toEqual([]);
    expect(findValues('x:"p-7919"', affixed)).toEqual(["p-7919"]);
    expect(findValues('x:"p-"', affixed)).toEqual([]);
  });

  it("does not find digits across two values", () => {
    const values = range(20).map(
      (index) => `${"a0".repeat(8)}${index % 2 === 0 ? "b1" : "b2"}${`${index}`.padStart(2, "0")}`,
    );
    expect(kindOf(values)).toBe("hex");
    const joined = values.join("");
    expect(findValues(`x:${joined.slice(2, 2 + values[0]!.length)}`, values)).toEqual([]);
  });

  it.each([
    ["x:p-79*", affixed],
    ["x:*19", affixed],
    ["x:/^p-1.*9$/", affixed],
    ["x:m-0*", hex],
    ["x:/[ef]{2}/", hex],
    ["x:*-8000-*9", uuids],
    ["x:*abab*é", texts],
    ["x:/b+ 1.é/", texts],
    ["x:p-*1*", repeated],
    ["x:>100", numeric],
    ["x:[30 TO 33]", numeric],
    ["x:<76561190001000000", fixed],
  ])("finds %s", (query, values) => {
    expect(find(query, withValues(values)).length).toBeGreaterThan(0);
  });

  it("finds numbers, strings and booleans of one name", () => {
    const values = range(300).map(
      (index) => [5, "5", "5.0", true, "true", "x", 5.5, false][index % 8]!,
    );
    expect(new Set(findValues("x:5", values))).toEqual(new Set([5, "5"]));
    expect(new Set(findValues("x:true", values))).toEqual(new Set([true, "true"]));
    expect(new Set(findValues("x:>=5", values))).toEqual(new Set([5, "5", "5.0", 5.5]));
    expect(new Set(findValues("x:5*", values))).toEqual(new Set([5, "5", "5.0", 5.5]));
    expect(new Set(findValues("x:/e$/", values))).toEqual(new Set([true, "true", false]));
  });
});

describe("what is decompressed", () => {
  const entries = sampleEntries(2000);
  const { bytes } = encodeChunk(entries, { id: chunkIdFor(entries) });

  it.each([
    ["a severity", "severity:error"],
    ["a number", "latency_ms:>299"],
    ["a number and a severity", "-latency_ms:[10 TO 20] severity:info"],
    ["a time", "timestamp:>2026-11-22T09:00:30Z"],
    ["an attribute that no entry has", "no_such_field:x OR other:>5"],
    ["an attribute of whatever value", "match_id:*"],
    ["a number that none has, and a word", "eliminated latency_ms:>9999"],
  ])("for %s is a small part of the chunk: %s", (_, query) => {
    const reader = openChunk(bytes);
    createEvaluator(filterOf(query)).select(reader, 0, entries.length);
    expect(reader.bytesDecompressed).toBeLessThan(bytes.length * 0.1);
  });
});
