/**
 * The written form of one record of a run: the results JSON. A run is a chain of records
 * (run.ts holds the chain assembled). `public/schema/run-1.json` is generated from here.
 */
import { z } from "zod";
import {
  amendmentSchema,
  closedSchema,
  decisions,
  incidentSchema,
  personSchema,
  reviewSchema,
  signatureSchema,
} from "./event.schema.ts";
import { digest, elementId, evidenceSchema, instant, personId, resultSchema, text } from "./result.schema.ts";

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/** Id of a run; it becomes a folder's name. */
export const runId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,62}$/,
    "a run's id is 1 to 63 of a-z, 0-9, '.', '_', '-', and begins with a letter or a digit",
  )
  .refine((id) => !id.includes("..") && !id.endsWith("."), "a run's id has no '..' and does not end in '.'")
  .refine((id) => !DEVICE.test(id), "a run's id must not be the name of a device, such as con, nul or com1");

const deployment = z.strictObject({
  /** Where it was deployed to, such as `production`. */
  environment: text,
  /** Version that ran before. */
  from: text.optional(),
  /** Version that is deployed. */
  to: text.optional(),
  /** Commit that is deployed. */
  commit: text.optional(),
  /** What was deployed, by name and SHA-256. */
  artifacts: z.array(z.strictObject({ name: text, sha256: text.optional() })).optional(),
});

const change = z.strictObject({
  /** Number of the change request. */
  id: text.optional(),
  /** Address of the change request. */
  url: text.optional(),
  /** Kind of change; `normal` when it is left out. */
  type: z.enum(["standard", "normal", "emergency"]).optional(),
  /** The approval in advance that a standard change rests on. */
  preapproval: z.strictObject({ id: text, validUntil: instant.optional() }).optional(),
  /** Why the change is made. */
  reason: text.optional(),
  /** What is changed. */
  description: text.optional(),
  /** Who or what is affected. */
  impact: text.optional(),
  /** What it means for security. */
  securityImpact: text.optional(),
  /** What is expected afterwards. */
  expected: text.optional(),
  /** Who asked for it. */
  requester: personId.optional(),
  /** What is in it: pull requests with authors, approvers and tests. */
  work: z
    .array(
      z.strictObject({
        url: text.optional(),
        authors: z.array(personId).optional(),
        approvers: z.array(personId).optional(),
        tests: text.optional(),
      }),
    )
    .optional(),
});

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** One record. It needs only schema, run, asOf, checklist id and version, environment and results. */
export const recordSchema = z.strictObject({
  /** Name and version of this format. */
  schema: z.literal("countersign/run@1"),
  /** Id of the run; all records of a run share it. */
  run: runId,
  /** What the record says is true as of this time; nothing recorded may be later. */
  asOf: instant,
  /** Digest of the record before. */
  previous: digest.optional(),
  /** Version of the checklist that is run; the digest of its file makes it certain which. */
  checklist: z.strictObject({ id: elementId, version: text, digest: digest.optional() }),
  /** What is deployed where. */
  deployment,
  /** The change request. */
  change: change.optional(),
  /** Planned and actual begin and end of the change. */
  window: z
    .strictObject({
      plannedStart: instant.optional(),
      plannedEnd: instant.optional(),
      start: instant.optional(),
      end: instant.optional(),
    })
    .optional(),
  /** Turn offsets such as -P7D and +PT24H into times: planned target, begin, live, rollback. */
  anchors: z
    .strictObject({
      target: instant.optional(),
      start: instant.optional(),
      live: instant.optional(),
      rollback: instant.optional(),
    })
    .optional(),
  /** Answers to the checklist's questions, by id. */
  answers: values.optional(),
  /** Everybody that the record names by id. */
  people: z.array(personSchema).optional(),
  /** Who took over a role from whom, and when. */
  handovers: z.array(z.strictObject({ role: text, from: personId, to: personId, at: instant })).optional(),
  /** What the checklist's blanks hold, by id of the field. */
  fields: values.optional(),
  /** When sections began and ended. */
  sections: z
    .array(z.strictObject({ section: elementId, start: instant.optional(), end: instant.optional() }))
    .optional(),
  /** What was found, item by item. */
  results: z.array(resultSchema),
  /** Commands as they were run: text, exit code, id of the output under `evidence`. */
  commands: z
    .array(
      z.strictObject({
        command: elementId,
        by: personId.optional(),
        at: instant.optional(),
        ran: text.optional(),
        exit: z.int().optional(),
        output: text.optional(),
      }),
    )
    .optional(),
  /** Files that prove something. */
  evidence: z.array(evidenceSchema).optional(),
  /** What was decided, by whom, on what basis. */
  decisions: z
    .array(
      z.strictObject({
        decision: z.enum(decisions),
        /** Section under role `decision` or `triggers` that it answers. */
        section: elementId.optional(),
        by: personId.optional(),
        at: instant.optional(),
        basis: text.optional(),
      }),
    )
    .optional(),
  /** The way back, if it was taken: what called for it, when, which contingency sections, how it ended. */
  rollback: z
    .strictObject({
      trigger: elementId.optional(),
      at: instant.optional(),
      paths: z.array(elementId).optional(),
      outcome: text.optional(),
    })
    .optional(),
  /** Who signed what. */
  signatures: z.array(signatureSchema).optional(),
  /** Messages that were sent from the checklist's templates. */
  messages: z
    .array(
      z.strictObject({
        template: elementId,
        at: instant.optional(),
        by: personId.optional(),
        channel: text.optional(),
        /** What stood in the placeholders. */
        values: values.optional(),
      }),
    )
    .optional(),
  /** What went wrong on the way. */
  incidents: z.array(incidentSchema).optional(),
  /** The review afterwards. */
  review: reviewSchema.optional(),
  /** Who accepted which exception, or opened an action for it. */
  dispositions: z
    .array(
      z
        .strictObject({
          /** Rule of the exception, such as `skipped`. */
          rule: text,
          /** Item it is about, where it is about one. */
          item: elementId.optional(),
          by: personId,
          at: instant,
          /** Why it is accepted. */
          accepted: text.optional(),
          /** What is done about it. */
          action: text.optional(),
        })
        .refine(({ accepted, action }) => accepted !== undefined || action !== undefined, {
          error: "a disposition says why it is accepted ('accepted'), or what is done about it ('action')",
        }),
    )
    .optional(),
  /** How the record came about; for paper who typed it in and who compared it with the sheet. */
  source: z
    .strictObject({
      kind: z.enum(["paper", "browser", "terminal", "ci"]),
      /** Id of the scan under `evidence`. */
      scan: text.optional(),
      /** Copy number of the sheet. */
      copy: z.int().min(1).optional(),
      transcribedBy: personId.optional(),
      checkedBy: personId.optional(),
    })
    .optional(),
  /** Corrections of what earlier records say. */
  amends: z.array(amendmentSchema).optional(),
  /** Ends the run. */
  closed: closedSchema.optional(),
  /** What was taken out because a secret stood there: a line of evidence, `e5:40`, or a pointer into this record. */
  redacted: z.array(text).optional(),
  /** Other tools' keys. */
  extra: z.record(z.string(), z.unknown()).optional(),
});

/** A record as it was written and checked. */
export type WrittenRecord = z.output<typeof recordSchema>;
