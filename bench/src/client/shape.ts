import { type Generator, toJson } from "../generator/index.ts";
import type { ContentType } from "./request.ts";
import type { Response } from "./response-reader.ts";

/** A way of sending. */
export interface Shape {
  readonly name: string;
  readonly connections: number;
  readonly entriesPerRequest: number;
  readonly contentType: ContentType;
  /** The body of the producer's next request. */
  body(generator: Generator, producer: number): string;
  /** Throws unless the answer says that every entry is stored. */
  check(response: Response): void;
}

const refuse = ({ status, body }: Response): never => {
  throw new Error(`the server answered ${status}: ${body.subarray(0, 500)}`);
};

const batches = (name: string, entriesPerRequest: number, connections: number): Shape => ({
  name,
  connections,
  entriesPerRequest,
  contentType: "application/x-ndjson",
  body: (generator, producer) => generator.batchNdjson(producer, entriesPerRequest),
  check: (response) => {
    if (response.status !== 201) refuse(response);
    const { accepted } = JSON.parse(response.body.toString());
    if (accepted !== entriesPerRequest) refuse(response);
  },
});

/** Agents with full buffers. */
export const batchesOf1000 = batches("batches of 1,000", 1000, 4);

/** Agents that flush often: 20 of them at once. */
export const batchesOf25 = batches("batches of 25", 25, 20);

/** Game code that posts each line by itself. */
export const singlePosts: Shape = {
  name: "single posts",
  connections: 64,
  entriesPerRequest: 1,
  contentType: "application/json",
  body: (generator, producer) => toJson(generator.nextOf(producer)),
  check: (response) => {
    if (response.status !== 201) refuse(response);
  },
};
