import type { Resource } from "./terraform.ts";

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: {
    readonly "ForAllValues:StringLike"?: { readonly "dynamodb:LeadingKeys": readonly string[] };
  };
}

/** What a function's role allows: for each action on a table the partition keys, as IAM's `StringLike` has them. */
export type TableRights = ReadonlyMap<string, readonly string[]>;

export const tableRightsOf = (resources: readonly Resource[], name: string): TableRights => {
  const rights = new Map<string, readonly string[]>();
  const policies = resources.filter(
    (one) => one.type === "aws_iam_role_policy" && one.name === name,
  );
  const statements = policies.flatMap(
    ({ values }): Statement[] => JSON.parse(String(values.policy)).Statement,
  );
  for (const { Action: actions, Resource: arns, Condition: condition } of statements) {
    const keys = condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"] ?? ["*"];
    for (const action of actions.filter((one) => one.startsWith("dynamodb:")))
      for (const arn of arns) {
        const call = `${action} ${arn.split("table/")[1]}`;
        rights.set(call, [...(rights.get(call) ?? []), ...keys]);
      }
  }
  return rights;
};

const isLike = (text: string, pattern: string): boolean => {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${source.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
};

/** The calls for which a role has no right, with their partition keys. */
export const callsBeyond = (
  calls: ReadonlyMap<string, ReadonlySet<string>>,
  rights: TableRights,
): string[] =>
  [...calls].flatMap(([call, partitions]) =>
    [...partitions]
      .filter((partition) => !rights.get(call)?.some((pattern) => isLike(partition, pattern)))
      .map((partition) => `${call} ${partition}`),
  );
