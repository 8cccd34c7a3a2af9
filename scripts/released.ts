/** What a version said when it was released, where somebody still has it: the records of its runs, or git. */
import { execFileSync } from "node:child_process";
import { readRunNames, readSource } from "../src/archive/read.ts";
import { digestOf } from "../src/source/file.ts";
import type { FindReleased } from "../src/source/lock.ts";

/** Asked only about files that have changed. Whatever cannot be had is null, never an error. */
export function releasedTexts(root: string): FindReleased {
  return (file, digest) => {
    for (const bytes of [...fromRuns(root), ...fromGit(root, file)])
      if (digestOf(bytes) === digest) return new TextDecoder().decode(bytes);
    return null;
  };
}

function* fromRuns(root: string): Generator<Uint8Array> {
  for (const run of readRunNames(root)) {
    try {
      yield readSource(root, run);
    } catch {
      // The rules about records say what is wrong with it.
    }
  }
}

/** Commits that are looked into, newest first. */
const COMMITS = 50;

function* fromGit(root: string, file: string): Generator<Uint8Array> {
  const git = (...argv: readonly string[]): Buffer | null => {
    try {
      return execFileSync("git", ["-C", root, ...argv], {
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 10_000,
      });
    } catch {
      return null;
    }
  };
  const commits = git("log", "-n", String(COMMITS), "--format=%H", "--", file)?.toString().split("\n") ?? [];
  for (const commit of commits) {
    const bytes = commit === "" ? null : git("show", `${commit}:./${file}`);
    if (bytes) yield bytes;
  }
}
