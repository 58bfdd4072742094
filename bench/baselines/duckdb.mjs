// Answers the benchmark's questions with DuckDB, on a zstd Parquet file that it makes of the NDJSON file:
// node duckdb.mjs <ndjson> <parquet> <queries as JSON: [name, sql][]>. Prints JSON: milliseconds by name, and the file's bytes.
import { statSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [, , ndjson, parquet, questions] = process.argv;
const text = (value) => `'${value.replaceAll("'", "''")}'`;

const rounds = 5;

const medianMs = async (connection, sql) => {
  const times = [];
  // The first run finds nothing warm.
  for (let round = -1; round < rounds; round++) {
    const start = performance.now();
    await connection.runAndReadAll(sql);
    if (round >= 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
};

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
// A service sends its timestamps as epoch milliseconds, the others as ISO 8601.
const time = `coalesce(make_timestamp_ms(try_cast("timestamp" AS BIGINT)), try_cast("timestamp" AS TIMESTAMP))`;
await connection.run(`
  COPY (
    SELECT ${time} AS time, * EXCLUDE ("timestamp")
    FROM read_json(${text(ndjson)}, format = 'newline_delimited', sample_size = 100000,
      field_appearance_threshold = 0, convert_strings_to_integers = false)
  ) TO ${text(parquet)} (FORMAT parquet, COMPRESSION zstd)`);
await connection.run(`CREATE VIEW logs AS SELECT * FROM read_parquet(${text(parquet)})`);
const times = {};
for (const [name, sql] of JSON.parse(questions)) times[name] = await medianMs(connection, sql);
console.log(JSON.stringify({ times, bytes: statSync(parquet).size }));
