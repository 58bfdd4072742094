import { expect, it } from "vitest";
import { sampleFrames } from "./sample-frames.ts";

/** Frames that pass when the test says so. */
const createFrames = () => {
  const asked: ((at: number) => void)[] = [];
  return {
    request: (step: (at: number) => void) => void asked.push(step),
    pass: (at: number) => {
      for (const step of asked.splice(0)) step(at);
    },
    askedCount: () => asked.length,
  };
};

it("draws in the next frame, then not before its time, and then once for all that asked", () => {
  const frames = createFrames();
  let drawn = 0;
  const drawSoon = sampleFrames(
    100,
    frames.request,
  )(() => {
    drawn += 1;
  });
  drawSoon();
  expect(drawn).toBe(0);
  frames.pass(16);
  expect(drawn).toBe(1);
  for (let at = 32; at < 116; at += 16) {
    drawSoon();
    frames.pass(at);
  }
  expect(drawn).toBe(1);
  frames.pass(116);
  expect(drawn).toBe(2);
});

it("asks for no frame while there is nothing to draw, and for one while none comes", () => {
  const frames = createFrames();
  const drawSoon = sampleFrames(100, frames.request)(() => undefined);
  expect(frames.askedCount()).toBe(0);
  for (let asked = 0; asked < 1000; asked++) drawSoon();
  expect(frames.askedCount()).toBe(1);
  frames.pass(16);
  expect(frames.askedCount()).toBe(0);
});
