/** What a record that is being written amounts to now, by the judge's own states: no second opinion on the screen. */
import type { Checklist } from "../checklist.ts";
import { type Situation, situationOf } from "../judgement/situation.ts";
import { normalClosed, normalContent } from "../normal.ts";
import { defaultPolicy, noFacts } from "../policy.ts";
import type { WrittenRecord } from "../run.schema.ts";
import type { Run } from "../run.ts";

/** @param asOf now, as RFC 3339: what is due by then counts as due */
export function viewWork(record: WrittenRecord, checklist: Checklist, asOf: string): Situation {
  const now = { ...record, asOf };
  const run: Run = {
    id: record.run,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    chain: [{ record: now, digest: checklist.digest, receivedAt: null }],
    records: [],
    asOf,
    closed: normalClosed(record.closed, 1),
    ...normalContent(now),
    corrections: [],
  };
  return situationOf({ checklist, run, facts: noFacts, policy: defaultPolicy });
}
