/** Runs one command in the folder it is started in, in a process of its own, and prints how it ended and what it took. */
import { run } from "../scripts/cli.ts";

let said = "";
const code = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: { write: (chunk) => (said += String(chunk)) },
  stderr: { write: (chunk) => (said += String(chunk)) },
  stdin: async () => new Uint8Array(),
  now: () => new Date("2026-03-05T12:00:00Z"),
  env: {},
  signal: new AbortController().signal,
});
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ code, megabytes, said: said.slice(0, 2000) }));
