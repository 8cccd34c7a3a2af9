/** What lies on disk for one record: `content/runs/<run>/<n>.json`. Written once by `ingest`, never changed. */
import { z } from "zod";

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest is 'sha256:' and 64 hex digits");

export const envelopeSchema = z.strictObject({
  schema: z.literal("countersign/envelope@1"),
  /** Place in the chain of the run's records, from 1. */
  n: z.int().min(1),
  /** The last place that the same call stored: without that one this one is not stored either. */
  through: z.int().min(1),
  /** RFC 3339, by the clock of the machine that stored it. */
  receivedAt: z.string(),
  /** What stored it, with its version. */
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  /** Version of the rules that judged it. */
  rules: z.string(),
  /** The installation's thresholds, severities and roles that it was judged with. */
  policy: z.unknown(),
  /** The checklist that was run; its source is `checklist.md` beside. */
  checklist: z.strictObject({ id: z.string(), version: z.string(), digest }),
  /** Files as they came, kept under `inputs/` by digest. The name is what somebody called it: data. */
  inputs: z.array(z.strictObject({ name: z.string(), sha256: digest })).min(1),
  /** Files kept under `evidence/` by digest; the type is what their bytes say. */
  evidence: z.array(
    z.strictObject({ id: z.string(), sha256: digest, bytes: z.int().min(0), type: z.string() }),
  ),
  /** Digest of the record before; null for the one that opens the run. */
  previous: digest.nullable(),
  /** Digest of the canonical JSON (RFC 8785) of `record`. */
  digest,
  record: z.unknown(),
  judged: z.unknown(),
});

export type Envelope = z.output<typeof envelopeSchema>;
