// Sends a batch with nothing but Node.
import { setTimeout as wait } from "node:timers/promises";

const url = process.env.LOG_URL ?? "http://127.0.0.1:3000/logs";
const apiKey = process.env.LOG_API_KEY;
const triesMax = 5;
const mayPass = new Set([408, 429, 500, 502, 503, 504]);

/** Asks once. A connection can be lost in the middle of an answer, too. */
const ask = async (request) => {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
  return { response, text: await response.text() };
};

/** Stores the entries once, however often it has to ask, and returns the answer. */
const send = async (entries) => {
  const body = entries.map((entry) => JSON.stringify(entry)).join("\n");
  const headers = {
    "content-type": "application/x-ndjson",
    "idempotency-key": crypto.randomUUID(),
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  };
  for (let attempt = 1; ; attempt++) {
    const { response, text, error } = await ask({ method: "POST", headers, body }).catch(
      (error) => ({ error }),
    );
    if (response?.ok) return JSON.parse(text);
    if (response && !mayPass.has(response.status)) throw new Error(text);
    const reason = response
      ? `${url} answered ${response.status}`
      : `no whole answer from ${url}: ${error.cause?.message ?? error.message}`;
    if (attempt === triesMax) throw new Error(reason);
    const seconds = Number(response?.headers.get("retry-after") ?? 2 ** (attempt - 1));
    console.error(`${reason}; trying again in ${seconds} s`);
    await wait(seconds * 1000);
  }
};

const batch = [
  { severity: "info", service: "gateway", message: "player joined", player_id: "p-81" },
  {
    severity: "warning",
    service: "gateway",
    message: "high latency",
    player_id: "p-81",
    latency_ms: 412,
  },
];
try {
  console.log(JSON.stringify(await send(batch)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
