/**
 * The written form of what was found, item by item: results, observations, evidence, and the
 * atoms (times, ids, digests) that every part of a record is written with.
 */
import { z } from "zod";
import { parseInstant } from "./instant.ts";

/** RFC 3339 with seconds and an offset; a time without an offset is refused, because nobody can say when it was. */
export const instant = z.string().refine((text) => parseInstant(text) !== null, {
  error: (issue) =>
    `a time is RFC 3339 with seconds and an offset, from 1970 on, such as 2026-03-04T22:00:00+01:00; got '${String(issue.input)}'`,
});
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
/** Text that says something: not empty, not only spaces and characters that nobody sees. */
export const text = z
  .string()
  .min(1, "must not be empty")
  .refine((value) => value === "" || VISIBLE.test(value), "must not be blank");
/** `sha256:` and 64 lower-case hex digits. */
export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "a digest is 'sha256:' and 64 lower-case hex digits");
/** Id of an entry under `people`. */
export const personId = z
  .string()
  .min(1, "a person's id must not be empty")
  .max(128, "a person's id has at most 128 characters");
/** Id of a section, item, command, field, question or template of the checklist. */
export const elementId = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/,
    "an id is 1 to 64 of a-z, 0-9, '.', '_', '-', and begins and ends with a letter or a digit",
  );

/** Everything that a result can say. Which of them an item may have follows from its role. */
export const resultStatuses = [
  "passed",
  "failed",
  "inconclusive",
  "skipped",
  "not-applicable",
  "blocked",
  "fired",
  "clear",
  "met",
  "not-met",
  "seen",
  "not-seen",
] as const;

export const observationSchema = z.strictObject({
  /** Metric of the limit that this value is held against; may be left out when the item has one limit. */
  metric: text.optional(),
  /** Decimal text, or a number (taken as it was written). `null` and `NaN` mean that there was no value: inconclusive. */
  value: z.union([z.string().max(100, "a value has at most 100 characters"), z.number()]).nullable(),
  /** Unit of the value; without one it has the unit of the limit. */
  unit: z.string().optional(),
  /** Begin of the interval that was looked at. */
  from: instant.optional(),
  /** End of the interval that was looked at; for a single look the moment of it. */
  to: instant.optional(),
  /** What the value is of the interval: `avg`, `max`, `p95`. */
  statistic: text.optional(),
  /** How many samples the value is made of; 0 is inconclusive. */
  samples: z.int().min(0).optional(),
  /** Where the value was read: a dashboard, a query, a command. */
  source: text.optional(),
});

const found = {
  /** What was found; `null` means not recorded. */
  status: z.enum(resultStatuses).nullable(),
  /** Who did it or looked. */
  by: personId.optional(),
  /** When it was done. */
  at: instant.optional(),
  /** When it was typed in, if that was later. */
  enteredAt: instant.optional(),
  /** When the work on it began. */
  started: instant.optional(),
  /** Why it was skipped, not applicable, failed or blocked. */
  reason: text.optional(),
  /** How it was established (NIST SP 800-53A). */
  method: z.enum(["test", "examine", "interview"]).optional(),
  /** A second person who watched. */
  witness: personId.optional(),
  /** Values seen. */
  observed: z.array(observationSchema).optional(),
  /** What the item's labelled blanks hold, by id of the capture. */
  capture: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Ids of entries under `evidence`. */
  evidence: z.array(text).optional(),
  /** Anything else worth knowing. */
  note: text.optional(),
};

export const resultSchema = z.strictObject({
  /** Id of the item. */
  item: elementId,
  ...found,
  /** Earlier tries, oldest first; the last one counts and all are shown. */
  attempts: z.array(z.strictObject(found)).optional(),
  /** Somebody decided to go on although the item failed. It stays failed. */
  waiver: z
    .strictObject({
      /** Why it is acceptable. */
      reason: text,
      /** Who waived it. */
      by: personId,
      /** When it was waived. */
      at: instant,
    })
    .optional(),
});

export const evidenceSchema = z.strictObject({
  /** Id that results refer to. */
  id: text,
  /** File name, shown only. */
  name: text.optional(),
  /** Media type as claimed; the stored file's type comes from its bytes. */
  type: text.optional(),
  /** Size in bytes. */
  bytes: z.int().min(0).optional(),
  /** SHA-256 of the bytes, 64 hex digits, with or without `sha256:`. */
  sha256: z
    .string()
    .regex(/^(?:sha256:)?[0-9a-f]{64}$/, "a SHA-256 is 64 lower-case hex digits, with or without 'sha256:'")
    .optional(),
  /** When it was made. */
  at: instant.optional(),
  /** Who made it. */
  by: personId.optional(),
  /** Path relative to the evidence folder. */
  file: text.optional(),
  /** One of two pictures that are shown side by side. */
  pair: z.enum(["before", "after"]).optional(),
});

export type WrittenObservation = z.output<typeof observationSchema>;
export type WrittenResult = z.output<typeof resultSchema>;
export type WrittenEvidence = z.output<typeof evidenceSchema>;
