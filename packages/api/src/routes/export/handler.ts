import { exportRoute as route } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { queryOf } from "../parse.ts";
import { rangeOf } from "../range.ts";
import { streamPieces } from "../stream.ts";

const contentTypes = {
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8; header=present",
};

/** A name without characters that a file system refuses. */
const fileName = (now: number, extension: string): string =>
  `logs-${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z.${extension}`;

export const handler: Handler = async (call) => {
  const { deps, tenant } = call;
  const query = queryOf(route, call);
  const { filter } = filterOf(query);
  const { format: name, columns } = query;
  if (name !== "csv" && columns !== undefined)
    throw new LogServiceError(
      "PARAMETER_INVALID",
      "columns needs format=csv; NDJSON has all fields",
    );
  const body = await streamPieces(call, (signal) =>
    deps.service.export(tenant, {
      filter,
      ...rangeOf(query),
      order: query.order,
      format: name === "csv" ? { name, columns } : { name },
      signal,
    }),
  );
  return {
    status: 200,
    headers: {
      "content-type": contentTypes[name],
      "content-disposition": `attachment; filename="${fileName(deps.now(), name)}"`,
    },
    body,
  };
};
