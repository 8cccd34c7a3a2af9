/** Results of earlier runs that items with `standing` may be carried from, without reading every run there is. */
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runAsOf } from "../src/archive/judged.ts";
import { type RunGist, readEnvelopes, readGist, readRunNames } from "../src/archive/read.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { compareText } from "../src/model/diagnostic.ts";
import { compareInstants } from "../src/model/instant.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { CarriedResult } from "../src/model/policy.ts";
import type { Run } from "../src/model/run.ts";
import { openStamps } from "./site/stamps.ts";

/**
 * The latest passed result of each item whose results stay valid for a time, from earlier runs of the same checklist.
 * @param now milliseconds: which folders are too fresh to remember what they hold
 */
export function carriedInto(root: string, checklist: Checklist, run: Run, now = Date.now()): CarriedResult[] {
  const standing = outlineOf(checklist).items.flatMap(({ id, standing: time }) =>
    time === null ? [] : [id],
  );
  if (standing.length === 0) return [];
  const gists = gistsOf(root, checklist.id, new Set(standing), now).filter(({ name }) => name !== run.id);
  const read = new Map<string, Run["results"]>();
  const resultsOf = (name: string): Run["results"] => {
    const known = read.get(name) ?? readResults(root, name);
    read.set(name, known);
    return known;
  };
  const latest = standing.flatMap((item) => {
    const bounds = gists
      .flatMap(({ name, passed }) => {
        const at = passed[item];
        return at === undefined ? [] : [{ name, at }];
      })
      .sort((a, b) => compareInstants(b.at, a.at) || compareText(a.name, b.name));
    let best: CarriedResult | null = null;
    for (const { name, at: bound } of bounds) {
      // No run that is left has a later result.
      if (best !== null && compareInstants(best.at, bound) >= 0) break;
      for (const { item: id, status, by, at } of resultsOf(name)) {
        if (id !== item || status !== "passed" || at === null || compareInstants(at, run.asOf) > 0) continue;
        if (best === null || compareInstants(best.at, at) < 0) best = { item, run: name, by, at };
      }
    }
    return best ?? [];
  });
  return latest.sort((a, b) => compareText(a.item, b.item));
}

function readResults(root: string, name: string): Run["results"] {
  const envelopes = readEnvelopes(root, name);
  return envelopes.length === 0 ? [] : runAsOf({ run: name, envelopes }, envelopes.length).results;
}

interface NamedGist {
  readonly name: string;
  readonly passed: RunGist["passed"];
}

/** What the runs of a checklist may tell of these items: read once, and remembered while a run's folder does not change. */
function gistsOf(root: string, id: string, items: ReadonlySet<string>, now: number): readonly NamedGist[] {
  const names = readRunNames(root);
  const file = join(root, ".cache", `carried-${id}.json`);
  const stamps = openStamps<RunGist>(file, JSON.stringify(["1", ...items]));
  const gists = names.flatMap((name) => {
    const stamp = folderStamp(join(root, "content/runs", name), now);
    const known = stamps.get(name, stamp);
    const gist = known ?? readGist(root, name, items);
    if (gist && !known) stamps.set(name, stamp, gist.checklist === id ? gist : { ...gist, passed: {} });
    return gist?.checklist === id ? [{ name, passed: gist.passed }] : [];
  });
  try {
    mkdirSync(join(root, ".cache"), { recursive: true });
    stamps.save(names);
  } catch {
    // What cannot be remembered is read again; nothing else depends on it.
  }
  return gists;
}

/** A record is a new file, and a new file changes its folder. Null for one that may change again in the same tick. */
function folderStamp(folder: string, now: number): string | null {
  const { ino, mtimeNs, ctimeNs } = statSync(folder, { bigint: true });
  const age = now - Number(ctimeNs / 1_000_000n);
  return age < 2000 ? null : `${ino} ${mtimeNs} ${ctimeNs}`;
}
