/** Versions of a checklist: their order, and which is current at a given day. */
import compareSemver from "semver/functions/compare.js";
import { compareText } from "./diagnostic.ts";
import type { Lock, Release } from "./site.schema.ts";

const FORM = /^(\d+(?:\.\d+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Is it a version: numeric dot parts, then perhaps a semver prerelease? */
export function isVersion(version: string): boolean {
  return FORM.test(version);
}

export function isPrerelease(version: string): boolean {
  return FORM.exec(version)?.[2] !== undefined;
}

/** Numeric dot parts first (a missing part is 0), then the semver order of prereleases; equal ones (`1.0`, `1.0.0`) give 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [FORM.exec(a), FORM.exec(b)];
  if (!left || !right) return compareText(a, b);
  const [x, y] = [parts(left[1]), parts(right[1])];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const difference = (x[i] ?? 0n) - (y[i] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  if (left[2] === right[2]) return 0;
  if (left[2] === undefined) return 1;
  if (right[2] === undefined) return -1;
  return compareSemver(`0.0.0-${left[2]}`, `0.0.0-${right[2]}`, { loose: true });
}

function parts(text: string | undefined): bigint[] {
  return (text ?? "").split(".").map(BigInt);
}

export type Standing = "draft" | "current" | "superseded" | "withdrawn" | "prerelease";

function withdrawnAt(release: Release, day: string): boolean {
  return release.withdrawn !== undefined && release.withdrawn.date <= day;
}

/** The highest version that is released, not withdrawn and no prerelease, on `day` (YYYY-MM-DD). */
export function currentVersion(lock: Lock, id: string, day: string): string | null {
  const candidates = Object.entries(lock.checklists[id] ?? {})
    .filter(
      ([version, release]) => release.date <= day && !withdrawnAt(release, day) && !isPrerelease(version),
    )
    .map(([version]) => version)
    .sort(compareVersions);
  return candidates.at(-1) ?? null;
}

/** What a version is on `day`. A version that the lock does not know yet is a draft. */
export function standingOf(lock: Lock, id: string, version: string, day: string): Standing {
  const release = lock.checklists[id]?.[version];
  if (!release || release.date > day) return "draft";
  if (withdrawnAt(release, day)) return "withdrawn";
  if (isPrerelease(version)) return "prerelease";
  return currentVersion(lock, id, day) === version ? "current" : "superseded";
}
