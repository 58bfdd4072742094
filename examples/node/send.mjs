// Sends a batch with nothing but Node.
import { setTimeout as wait } from "node:timers/promises";

const url = process.env.LOG_URL ?? "http://127.0.0.1:3000/logs";
const apiKey = process.env.LOG_API_KEY;
const triesMax = 5;
const mayPass = new Set([408, 429, 500, 502, 503, 504]);

/** Stores the entries once, however often it has to ask, and returns the answer. */
const send = async (entries) => {
  const body = entries.map((entry) => JSON.stringify(entry)).join("\n");
  const headers = {
    "content-type": "application/x-ndjson",
    "idempotency-key": crypto.randomUUID(),
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  };
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { method: "POST", headers, body }).catch((error) => error);
    if (response instanceof Error) {
      if (attempt === triesMax) throw response;
      await wait(2 ** attempt * 1000);
      continue;
    }
    if (response.ok) return response.json();
    if (!mayPass.has(response.status) || attempt === triesMax)
      throw new Error(await response.text());
    await wait(Number(response.headers.get("retry-after") ?? 2 ** attempt) * 1000);
  }
};

const answer = await send([
  { severity: "info", service: "gateway", message: "player joined", player_id: "p-81" },
  {
    severity: "warning",
    service: "gateway",
    message: "high latency",
    player_id: "p-81",
    latency_ms: 412,
  },
]);
console.log(JSON.stringify(answer));
