import { expect, it } from "vitest";
import { createThreads } from "./threads.ts";

const url = new URL("./test/worker.ts", import.meta.url);

const createTestThreads = (size: number) =>
  createThreads<Uint8Array<ArrayBuffer> | "refuse" | "die", Uint8Array>({
    url,
    name: "tests",
    size,
  });

it("threads answer each task, and memory moves to them", async () => {
  await using threads = createTestThreads(2);
  const tasks = [1, 2, 3].map((byte) => Uint8Array.of(byte));
  const answers = tasks.map((task) => threads.perform(task, [task.buffer]));
  expect(tasks.map(({ length }) => length)).toEqual([0, 0, 0]);
  expect(await Promise.all(answers)).toEqual([2, 3, 4].map((byte) => Uint8Array.of(byte)));
});

it("a refusal is that of its task, and the thread goes on", async () => {
  await using threads = createTestThreads(1);
  const refused = threads.perform("refuse", []);
  await expect(refused).rejects.toMatchObject({
    code: "BODY_INVALID",
    message: "it is not wanted",
  });
  expect(await threads.perform(Uint8Array.of(7), [])).toEqual(Uint8Array.of(8));
});

it("a thread that dies fails what it had to do, and is replaced", async () => {
  await using threads = createTestThreads(1);
  const waiting = [threads.perform("die", []), threads.perform(Uint8Array.of(1), [])];
  const ended = await Promise.allSettled(waiting);
  expect(ended).toMatchObject([{ reason: { code: "INTERNAL" } }, { reason: { code: "INTERNAL" } }]);
  expect(await threads.perform(Uint8Array.of(1), [])).toEqual(Uint8Array.of(2));
});

it("threads that were ended take nothing more", async () => {
  const threads = createTestThreads(1);
  threads.start();
  // It may have been done before the thread ended.
  const waiting = threads
    .perform(Uint8Array.of(1), [])
    .catch((error: unknown) => expect(error).toMatchObject({ code: "INTERNAL" }));
  await threads[Symbol.asyncDispose]();
  await expect(threads.perform(Uint8Array.of(1), [])).rejects.toMatchObject({
    code: "SHUTTING_DOWN",
  });
  await waiting;
});
