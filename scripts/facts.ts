/** What the judge cannot know from the records: the lock, the roster, what is kept, results that still stand. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../src/archive/canonical.ts";
import type { StoredRun } from "../src/archive/read.ts";
import type { Checklist } from "../src/model/checklist.ts";
import type { Facts, Policy } from "../src/model/policy.ts";
import type { Run } from "../src/model/run.ts";
import type { Site } from "../src/model/site.schema.ts";
import type { Installation } from "../src/source/installation.ts";
import { carriedInto } from "./carried.ts";

/** Evidence id -> digest of the bytes that are kept; null where they are gone. */
export type KeptEvidence = ReadonlyMap<string, string | null>;

export interface Gathering {
  readonly root: string;
  readonly installation: Installation;
  readonly checklist: Checklist;
  readonly run: Run;
  readonly kept: KeptEvidence;
  readonly tool: string;
}

/** The part of `site.yaml` that judging depends on. */
export function policyOf({ thresholds, severities, waivers }: Site): Policy {
  return { thresholds, severities, waivers };
}

/** Facts for one judgement; of the lock and the roster only what concerns the run, because they are kept with it. */
export function gatherFacts({ root, installation, checklist, run, kept, tool }: Gathering): Facts {
  const { lock, roster, site } = installation;
  const roles = new Set([...checklist.signoffs.map(({ role }) => role), ...site.waivers]);
  const people = new Set(run.people.map(({ id }) => id));
  const rosterDigest = digestIfThere(join(root, "content/roles.yaml"));
  const releases = lock.checklists[checklist.id];
  return {
    lock: { schema: lock.schema, checklists: releases ? { [checklist.id]: releases } : {} },
    // Without the file nothing is known of anybody: then nothing is concluded from it.
    roster:
      rosterDigest === null
        ? null
        : { roles: roster.roles.filter(({ role, person }) => roles.has(role) || people.has(person)) },
    rosterDigest,
    sourceDigest: checklist.digest,
    evidence: Object.fromEntries(run.evidence.map(({ id }) => [id, kept.get(id) ?? null])),
    carried: carriedInto(root, checklist, run),
    tool,
  };
}

function digestIfThere(path: string): string | null {
  return existsSync(path) ? digestOf(readFileSync(path)) : null;
}

/** Evidence of stored records: with the digest of what lies there now. */
export function keptEvidence(stored: StoredRun | null): Map<string, string | null> {
  const kept = new Map<string, string | null>();
  for (const { evidence } of stored?.envelopes ?? []) {
    for (const { id, sha256 } of evidence) {
      const damage = stored?.damaged.find((file) => file.kind === "evidence" && file.sha256 === sha256);
      kept.set(id, damage ? damage.found : sha256);
    }
  }
  return kept;
}
