/** The lock rewritten by a plan: said, then done, whole or not at all. */
import { join } from "node:path";
import type { Installation } from "../src/source/installation.ts";
import { renderLock } from "../src/source/release.ts";
import type { LockPlan } from "../src/source/standing.ts";
import { type CommandContext, exit } from "./command.ts";
import { replaceFile } from "./replace.ts";

export interface LockWrite {
  readonly command: string;
  readonly root: string;
  readonly installation: Installation;
  readonly plan: LockPlan | { readonly reasons: readonly string[] };
  /** What the plan does, in one line. */
  readonly what: string;
  readonly dry: boolean;
}

/** Prints the plan and carries it out; a lock that cannot be read is never replaced. Returns the exit code. */
export function writeLock(
  { stdout, stderr }: Pick<CommandContext, "stdout" | "stderr">,
  { command, root, installation, plan, what, dry }: LockWrite,
): number {
  const broken = installation.diagnostics.filter(({ file }) => file === "content/lock.json");
  const reasons = [
    ...broken.map(({ file, line, reason }) => `${file}:${line}: ${reason}`),
    ...("reasons" in plan ? plan.reasons : []),
  ];
  if ("reasons" in plan || reasons.length > 0) {
    for (const reason of reasons) stderr.write(`countersign ${command}: ${reason}\n`);
    stderr.write(`countersign ${command}: refused; nothing was written\n`);
    return exit.problems;
  }
  stdout.write(`content/lock.json  ${what}\n`);
  for (const note of plan.notes) stdout.write(`${note}\n`);
  if (dry) stdout.write("nothing was written (--dry-run)\n");
  else replaceFile(join(root, "content", "lock.json"), renderLock(plan.lock));
  return exit.done;
}
