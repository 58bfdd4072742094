import type { FilterOf } from "@log-service/query";
import { EntrySet } from "../entry-set.ts";
import { matchMessages, messagesRuledOut } from "../match-messages.ts";
import { containsTestOf } from "../value-test.ts";
import { costs, type Operator } from "./operator.ts";

export const prepareContains = (filter: FilterOf<"contains">): Operator => {
  const test = containsTestOf(filter);
  return {
    verdict: () => "some",
    isRuledOut: messagesRuledOut(test),
    cost: () => (test.needle ? costs.messages : costs.messageStrings),
    select: (chunk, among) => {
      const found = new EntrySet(chunk.count);
      matchMessages(test, { chunk, among, found });
      return found;
    },
  };
};
