/** Types at the command line of a project in a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../scripts/cli.ts";

/** A temporary project with these files; removed when the test ends. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export interface Typed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a person in `cwd` would. The clock stands still at `now`. */
export async function type(
  cwd: string,
  argv: readonly string[],
  { now = "2026-03-05T12:00:00Z", stdin = "" }: { readonly now?: string; readonly stdin?: string } = {},
): Promise<Typed> {
  const written = { stdout: "", stderr: "" };
  const code = await run(argv, {
    cwd,
    stdout: { write: (chunk) => (written.stdout += String(chunk)) },
    stderr: { write: (chunk) => (written.stderr += String(chunk)) },
    stdin: async () => new TextEncoder().encode(stdin),
    now: () => new Date(now),
    env: {},
    signal: new AbortController().signal,
  });
  return { code, ...written };
}
