import { type ErrorCode, errorCatalogue } from "@log-service/core/errors";
import { expect, it } from "vitest";
import { problemAnswerSchema } from "./answers.ts";
import { errorGuide } from "./error-guide.ts";
import { problemOf } from "./problem.ts";

// The keys of the catalogue are its codes; Object.keys types them as strings.
const codes = Object.keys(errorCatalogue) as ErrorCode[];

it.each(codes)("%s makes a problem that fits the schema", (code) => {
  const { detail, extensions } = errorGuide[code];
  const problem = problemOf(code, detail, "r-1", extensions);
  expect(problemAnswerSchema.parse(problem)).toEqual(problem);
});

it("a problem has the members of RFC 9457, and says where to look", () => {
  expect(problemOf("ENTRY_NOT_FOUND", "there is no entry x", "r-1")).toEqual({
    type: "urn:log-service:error:ENTRY_NOT_FOUND",
    title: "There is no such entry",
    status: 404,
    detail: "there is no entry x",
    code: "ENTRY_NOT_FOUND",
    requestId: "r-1",
  });
});
