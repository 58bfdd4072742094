import { expect, it } from "vitest";
import { welcome } from "./welcome.ts";

it.each([
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://10.0.0.7:80", "http://10.0.0.7:80"],
  ["http://0.0.0.0:3000", "http://127.0.0.1:3000"],
  ["http://[::]:3000", "http://[::1]:3000"],
])("says of %s to ask %s", (address, here) => {
  const text = welcome({ address, dataFolder: "/data", isOpen: false });
  expect(text).toContain(`listening  ${address}\n`);
  for (const words of [`open ${here} in`, `curl ${here}/logs \\`, `--url ${here}\n`])
    expect(text).toContain(words);
});
