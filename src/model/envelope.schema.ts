/** What lies on disk for one record: `content/runs/<run>/<n>.json`. Written once by `ingest`, never changed. */
import { z } from "zod";
import { itemStatuses } from "./itemreport.ts";
import { digest, instant, text } from "./result.schema.ts";
import { recordSchema } from "./run.schema.ts";
import { lockSchema, rosterSchema, severities } from "./site.schema.ts";

const moment = z.strictObject({ at: instant, local: z.string(), utc: z.string() });
const itemName = z.strictObject({ id: z.string(), number: z.string(), text: z.string() });
const personName = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.string().nullable(),
  identity: z.enum(["claimed", "verified"]),
});

/** What a rule of the judge found: `Fact`. */
const fact = z.strictObject({
  rule: text,
  severity: z.enum(severities),
  serves: z.array(z.string()),
  reason: z.string(),
  items: z.array(itemName),
  people: z.array(personName),
  times: z.array(moment),
  figures: z.array(z.string()),
  disposition: z
    .strictObject({
      by: personName,
      at: moment,
      accepted: z.string().nullable(),
      action: z.string().nullable(),
    })
    .nullable(),
});

/** What was judged when the record came in. It is printed from here: newer rules never change it. */
const judged = z.strictObject({
  outcome: z.enum(["in progress", "stopped", "rolled back", "rollback not verified", "deployed"]),
  finding: z.enum(["clean", "with exceptions", "incomplete", "failed"]),
  headline: z.string(),
  derivation: z.array(
    z.strictObject({ says: z.string(), rule: z.string().nullable(), items: z.array(itemName) }),
  ),
  counts: z.strictObject({
    total: z.int().min(0),
    due: z.int().min(0),
    passed: z.int().min(0),
    byStatus: z.array(
      z.strictObject({ status: z.enum(itemStatuses), count: z.int().min(1), good: z.int().min(0) }),
    ),
  }),
  /** Blockers, gaps and exceptions, then notes, in the order of the report. */
  facts: z.array(fact),
});

/** `Policy`: the part of `site.yaml` that judging depends on. */
const policy = z.strictObject({
  thresholds: z.strictObject({
    lateEntry: z.string(),
    bulkTick: z.int(),
    emergencyReview: z.string(),
  }),
  severities: z.record(z.string(), z.enum(severities)),
  waivers: z.array(z.string()),
});

/** `Facts`: what was found out for the judge, of the lock and the roster only what concerns this run. */
const gathered = z.strictObject({
  lock: lockSchema.nullable(),
  roster: rosterSchema.nullable(),
  rosterDigest: digest.nullable(),
  sourceDigest: digest.nullable(),
  evidence: z.record(z.string(), digest.nullable()).nullable(),
  carried: z.array(
    z.strictObject({ item: z.string(), run: z.string(), by: z.string().nullable(), at: instant }),
  ),
  tool: z.string().nullable(),
});

export const envelopeSchema = z.strictObject({
  schema: z.literal("countersign/envelope@1"),
  /** Place in the chain of the run's records, from 1. */
  n: z.int().min(1),
  /** The last place that the same call stored: without that one this one is not stored either. */
  through: z.int().min(1),
  /** By the clock of the machine that stored it. */
  receivedAt: instant,
  /** What stored it, with its version: `countersign 0.1.0`. */
  tool: text,
  /** Version of the rules that judged it. */
  rules: z.string(),
  /** What this installation had decided about judging. */
  policy,
  /** What was known besides the record. */
  gathered,
  /** The checklist that was run; its source is `checklist.md` beside. */
  checklist: z.strictObject({ id: text, version: text, digest }),
  /** Files as they came, kept under `inputs/` by digest. The name is what somebody called it: data. */
  inputs: z.array(z.strictObject({ name: z.string(), sha256: digest })).min(1),
  /** Files kept under `evidence/` by digest; the type is what their bytes say. */
  evidence: z.array(z.strictObject({ id: text, sha256: digest, bytes: z.int().min(0), type: text })),
  /** Digest of the record before; null for the one that opens the run. */
  previous: digest.nullable(),
  /** Digest of the canonical JSON (RFC 8785) of `record`. */
  digest,
  /** The record, with `previous`, the checklist's digest and those of the evidence filled in where they were left out. */
  record: recordSchema,
  judged,
  /** Digest of the canonical JSON of everything above: an edit of the judgement is seen as one of the record is. */
  seal: digest,
});

export type Envelope = z.output<typeof envelopeSchema>;
export type Judged = Envelope["judged"];
