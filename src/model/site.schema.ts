/** `content/site.yaml`, `content/roles.yaml` and `content/lock.json`: this installation, who held which role, what is released. */
import { z } from "zod";

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date is YYYY-MM-DD");
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest is 'sha256:' and 64 hex digits");

export const severities = ["blocker", "gap", "exception", "note"] as const;

export const siteSchema = z.strictObject({
  /** The organisation's name, shown on every page. */
  organisation: z.string().min(1),
  /** Address of the published site with its path, without a slash at the end: the only source of permalinks. */
  url: z.url().transform((url) => url.replace(/\/+$/, "")),
  lang: z.string().default("en"),
  /** IANA time zone in which dates are shown beside UTC. */
  timezone: z.string().default("UTC"),
  /** Paper for links that offer one sheet; both sizes are always made. */
  paper: z.enum(["a4", "letter"]).default("a4"),
  /** Font add-ons by script, paths under the content folder. */
  fonts: z.record(z.string(), z.string()).default({}),
  thresholds: z
    .strictObject({
      /** A record received later than this after it was done is a late entry. ISO 8601 duration. */
      lateEntry: z.string().default("PT15M"),
      /** So many items by one person within a minute are a bulk tick. */
      bulkTick: z.int().min(2).default(20),
      /** How long after the change an emergency has to be reviewed. */
      emergencyReview: z.string().default("P5D"),
    })
    .prefault({}),
  /** Departures from the default severities, by rule; every one is printed on page one of a report. */
  severities: z.record(z.string(), z.enum(severities)).default({}),
  /** Roles that may waive a failed item. */
  waivers: z.array(z.string()).default([]),
  /** How long records are kept, ISO 8601 duration. */
  retention: z.string().optional(),
  /** Old checklist id -> new id. */
  redirects: z.record(z.string(), z.string()).default({}),
  publish: z
    .strictObject({ drafts: z.boolean().default(true), reports: z.boolean().default(true) })
    .prefault({}),
});

export const rosterSchema = z.strictObject({
  roles: z.array(
    z.strictObject({
      role: z.string().min(1),
      /** Id of the person as in results files. */
      person: z.string().min(1),
      name: z.string().min(1).optional(),
      from: date,
      to: date.optional(),
      grantedBy: z.string().min(1),
    }),
  ),
});

export const lockSchema = z.strictObject({
  schema: z.literal("countersign/lock@1"),
  /** Checklist id -> version -> what was released. */
  checklists: z.record(
    z.string(),
    z.record(
      z.string(),
      z.strictObject({
        digest,
        /** When it was released. */
        date,
        author: z.string().optional(),
        approvedBy: z.string(),
        /** Version of the rules of `check` it was released under. */
        rules: z.string(),
        /** Digests of local files it refers to, by path. */
        files: z.record(z.string(), digest).default({}),
        withdrawn: z.strictObject({ date, reason: z.string().min(1) }).optional(),
      }),
    ),
  ),
});

export type Site = z.output<typeof siteSchema>;
export type Roster = z.output<typeof rosterSchema>;
export type Lock = z.output<typeof lockSchema>;
export type Release = Lock["checklists"][string][string];
export type Severity = (typeof severities)[number];
