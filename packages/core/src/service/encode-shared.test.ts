import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createChunkEncoder } from "../chunk/encode.ts";
import { readAll } from "../chunk/test/read-all.ts";
import type { BatchFormat } from "../entry/index.ts";
import { encodeShared, type SmallBody } from "./encode-shared.ts";

const now = Date.parse("2026-11-22T09:00:30.000Z");

const rules = { now, oldest: 0, requireTimestamp: false };

interface Body {
  readonly text: string;
  readonly format?: BatchFormat;
  readonly textDefaults?: SmallBody["textDefaults"];
}

const encode = (bodies: readonly Body[]) =>
  encodeShared(
    {
      bodies: bodies.map(({ text, format = "json", textDefaults }) => ({
        bytes: new TextEncoder().encode(text),
        format,
        textDefaults,
      })),
      context: rules,
      seed: { high: 1, low: 1 },
    },
    createChunkEncoder().encode,
  );

const entry = (message: string, timestamp = now) =>
  JSON.stringify({ severity: "info", message, timestamp, service: "gateway" });

const messagesOf = (chunks: ReturnType<typeof encode>["chunks"]) =>
  chunks.map(({ bytes }) => readAll(bytes).map(({ message }) => message));

describe("small bodies that share chunks", () => {
  it("each learn where their first entry is, whatever the order of their times", () => {
    const at = [3, 1, 61_000, 2];
    const { chunks, outcomes } = encode(at.map((ms) => ({ text: entry(`at ${ms}`, now - ms) })));
    expect(messagesOf(chunks)).toEqual([["at 61000"], ["at 3", "at 2", "at 1"]]);
    expect(outcomes).toMatchObject([
      { accepted: 1, isSingle: true, chunk: 1, index: 0, timestamp: now - 3 },
      { accepted: 1, isSingle: true, chunk: 1, index: 2, timestamp: now - 1 },
      { accepted: 1, isSingle: true, chunk: 0, index: 0, timestamp: now - 61_000 },
      { accepted: 1, isSingle: true, chunk: 1, index: 1, timestamp: now - 2 },
    ]);
  });

  it("do not sink each other", () => {
    const { chunks, outcomes, services } = encode([
      { text: "{" },
      { text: entry("good") },
      { text: '{"severity":"loud","message":"x"}' },
      { text: "" },
      { text: `${entry("first")}\nnot json\n${entry("second")}\n`, format: "ndjson" },
    ]);
    expect(messagesOf(chunks)).toEqual([["good", "first", "second"]]);
    expect(outcomes).toMatchObject([
      { failure: { code: "BODY_INVALID" } },
      { accepted: 1, chunk: 0, index: 0 },
      { accepted: 0, isSingle: true, rejectedCount: 1, rejected: [{ code: "SEVERITY_INVALID" }] },
      { failure: { code: "BATCH_EMPTY" } },
      { accepted: 2, isSingle: false, rejectedCount: 1, chunk: 0, index: 1 },
    ]);
    expect(services).toEqual([["gateway", 3]]);
  });

  it("keep their own defaults for text", () => {
    const text = (service: string): Body => ({
      text: `from ${service}\n`,
      format: "text",
      textDefaults: { severity: "warning", service },
    });
    const { chunks } = encode([text("a"), text("b")]);
    const entries = chunks.flatMap(({ bytes }) => [...readAll(bytes)]);
    expect(entries).toMatchObject([
      { message: "from a", severity: "warning", service: "a" },
      { message: "from b", severity: "warning", service: "b" },
    ]);
  });

  it("lose nothing, and point to their own entry", () => {
    const times = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, (ages) => {
        const { chunks, outcomes } = encode(
          ages.map((age, place) => ({ text: entry(`body ${place}`, now - age) })),
        );
        const stored = messagesOf(chunks);
        const found = outcomes.map((outcome) => {
          const { chunk, index } = outcome as Extract<typeof outcome, { chunk: number }>; // all are entries
          return stored[chunk]?.[index];
        });
        expect(found).toEqual(ages.map((_, place) => `body ${place}`));
        expect(stored.flat()).toHaveLength(ages.length);
      }),
    );
  });
});
