/**
 * `content/site.yaml`, `content/roles.yaml` and `content/lock.json`: this installation, who held which role, what is
 * released. Every field is described: the published schemas are generated from here, and editors show it.
 */
import { z } from "zod";

const text = z.string().min(1);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date is YYYY-MM-DD");
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest is 'sha256:' and 64 hex digits");

export const severities = ["blocker", "gap", "exception", "note"] as const;

const thresholds = z.strictObject({
  lateEntry: z
    .string()
    .default("PT15M")
    .describe("A record received later than this after it was done is a late entry; ISO 8601 duration"),
  bulkTick: z
    .int()
    .min(2)
    .default(20)
    .describe("So many items ticked by one person within a minute are a bulk tick"),
  emergencyReview: z
    .string()
    .default("P5D")
    .describe("How long after the change an emergency has to be reviewed; ISO 8601 duration"),
});

const knownExample = z.strictObject({
  text: z
    .string()
    .min(4)
    .describe("The example exactly as it stands in the source, such as a key that a manual made up"),
  reason: z
    .string()
    .min(10, "say in a few words why this is no secret")
    .describe("Why this is no secret: where it comes from, why it opens nothing"),
});

export const siteSchema = z.strictObject({
  organisation: text.describe("The organisation's name, shown on every page"),
  url: z
    .url()
    .transform((url) => url.replace(/\/+$/, ""))
    .describe("Address of the published site, with its path: the only source of permalinks"),
  lang: z.string().default("en").describe("BCP 47 language of the pages around the checklists"),
  timezone: z
    .string()
    .default("UTC")
    .describe("IANA time zone in which dates are shown beside UTC, such as Europe/Lisbon"),
  paper: z
    .enum(["a4", "letter"])
    .default("a4")
    .describe("Paper for links that offer one sheet; both sizes are always made"),
  fonts: z
    .record(z.string(), z.string())
    .default({})
    .describe("Font add-ons by script, with their paths under the content folder"),
  thresholds: thresholds.prefault({}).describe("Figures that the judgement of runs depends on"),
  severities: z
    .record(z.string(), z.enum(severities))
    .default({})
    .describe(
      "Departures from the default severities, by rule; every one is printed on page one of a report",
    ),
  waivers: z.array(z.string()).default([]).describe("Roles that may waive a failed item"),
  retention: z.string().optional().describe("How long records are kept, as an ISO 8601 duration such as P7Y"),
  redirects: z.record(z.string(), z.string()).default({}).describe("Old checklist id: new id"),
  publish: z
    .strictObject({
      drafts: z.boolean().default(true).describe("Drafts have pages too, marked as drafts"),
      reports: z.boolean().default(true).describe("Reports of runs are published with the checklists"),
    })
    .prefault({})
    .describe("What of it all the site shows"),
  knownExamples: z
    .array(knownExample)
    .default([])
    .describe("What looks like a secret and is none, with the reason: the rule 'secret' is silent about it"),
});

export const rosterSchema = z.strictObject({
  roles: z
    .array(
      z.strictObject({
        role: text.describe("Name of the role as in checklists, such as Engineering lead"),
        person: text.describe("Id of the person as in results files"),
        name: text.optional().describe("Name of the person, as reports show it"),
        from: date.describe("First day, YYYY-MM-DD"),
        to: date.optional().describe("Last day, YYYY-MM-DD; without it the role is still held"),
        grantedBy: text.describe("Who gave the role"),
      }),
    )
    .describe("Who held which role when; entries are added and ended, not deleted"),
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
        /** From this day on it is not to be used any more. */
        withdrawn: z.strictObject({ date, reason: text }).optional(),
        /** Reviews that found nothing to change, oldest first: the next one is due a review time after the last. */
        reviewed: z.array(z.strictObject({ date, by: text })).optional(),
      }),
    ),
  ),
});

export type Site = z.output<typeof siteSchema>;
export type KnownExample = Site["knownExamples"][number];
export type Roster = z.output<typeof rosterSchema>;
export type Lock = z.output<typeof lockSchema>;
export type Release = Lock["checklists"][string][string];
export type Severity = (typeof severities)[number];
