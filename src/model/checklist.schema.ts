/**
 * The written form of a checklist: what an author types in frontmatter and in annotations.
 * The normal form, which everything else reads, is in checklist.ts. The published
 * `public/schema/checklist-1.json` is generated from here.
 */
import { z } from "zod";

/** Ids are permanent: lower case, digits, `.`, `_`, `-`; 1 to 64 characters; ends are letters or digits. */
export const ID_PATTERN = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

const id = z
  .string()
  .regex(
    ID_PATTERN,
    "an id is 1 to 64 of a-z, 0-9, '.', '_', '-', and begins and ends with a letter or a digit",
  );
const text = z.string().min(1);
/** ISO 8601 duration without sign: `PT15M`, `P7D`, `PT1H30M`. */
const duration = z
  .string()
  .regex(
    /^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/,
    "a duration is ISO 8601, such as PT15M or P7D",
  );
/** A signed offset from an anchor: `-P7D`, `+PT24H`, `P0D`. */
const offset = z
  .string()
  .regex(
    /^[+-]?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/,
    "an offset is a signed ISO 8601 duration, such as -P7D or +PT24H",
  );
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);

export const sectionRoles = [
  "checks",
  "triggers",
  "contingency",
  "criteria",
  "decision",
  "bands",
  "follow-up",
  "contacts",
  "templates",
  "review",
  "reference",
] as const;
export const stages = ["before", "change", "after"] as const;
export const anchors = ["target", "start", "live", "rollback"] as const;
export const meanings = ["approval", "review", "responsibility", "execution"] as const;
export const fieldTypes = [
  "text",
  "number",
  "date",
  "datetime",
  "person",
  "link",
  "version",
  "location",
  "yes-no",
  "choice",
] as const;

const repetition = {
  /** Interval between two readings, `PT15M`. */
  repeat: duration.optional(),
  /** How long the repetition lasts, `PT1H`. With `repeat` it gives the number of expected readings. */
  for: duration.optional(),
  /** The id of the item or section whose end stops the repetition. */
  until: id.optional(),
};

export const sectionAnnotation = z.strictObject({
  /** Permanent id of the section; derived from the heading when absent. */
  id: id.optional(),
  /** What the section holds and how its items are judged. Default `checks`, inherited from the parent. */
  role: z.enum(sectionRoles).optional(),
  /** Where the section stands relative to the change; inherited. Without one no rule about stages or the window applies. */
  stage: z.enum(stages).optional(),
  /** When the work is to be done, as an offset from `anchor`; inherited. */
  at: offset.optional(),
  /** What `at` and `due` are counted from. Default `target`. */
  anchor: z.enum(anchors).optional(),
  /** When the work must be done at the latest, as an offset from `anchor`. */
  due: offset.optional(),
  /** Planned duration, at most. */
  duration: duration.optional(),
  /** How long at least one has to stay in the section. */
  dwell: duration.optional(),
  /** Condition over questions and decisions: `platform == vercel`, `decision == rollback`, with `and`, `or`, `not`. */
  when: text.optional(),
  /** Exactly one child section applies. */
  choose: z.literal(1).optional(),
  /** For triggers and criteria: does one item suffice or must all hold? */
  rule: z.enum(["any", "all"]).optional(),
  /** What follows when the section's rule is met. */
  "when-met": z.enum(["go", "no-go", "delay", "rollback"]).optional(),
  /** Role, or id of a `person` field, that decides. */
  decider: text.optional(),
  ...repetition,
  /** No waiver, no N/A, no skip for anything inside. */
  mandatory: z.boolean().optional(),
  /** Controls that this section supports. */
  controls: z.array(text).optional(),
});

const capture = z.strictObject({
  id,
  type: z.enum(fieldTypes).default("text"),
  label: text,
  required: z.boolean().default(false),
});

export const itemAnnotation = z.strictObject({
  /** Permanent id of the item. */
  id: id.optional(),
  /** Role that does the work. */
  owner: text.optional(),
  /** Evidence must be attached. */
  evidence: z.literal("required").optional(),
  /** What observed values must hold: `error_rate < 1 % for 5 min`. A list means all must hold. */
  limit: oneOrMore(text).optional(),
  /** What one hopes for; a miss is a note. */
  target: oneOrMore(text).optional(),
  /** The usual range; never fails. */
  expect: oneOrMore(text).optional(),
  /** A configured figure: shown, never judged. */
  setting: oneOrMore(text).optional(),
  /** The observed value must be recorded, also when the item passed. */
  observe: z.literal("required").optional(),
  /** Ids of items that must be done before. */
  needs: oneOrMore(id).optional(),
  when: text.optional(),
  /** Not done is no gap. */
  optional: z.boolean().optional(),
  mandatory: z.boolean().optional(),
  at: offset.optional(),
  due: offset.optional(),
  /** Earliest time, as an offset from the section's anchor. */
  "not-before": offset.optional(),
  dwell: duration.optional(),
  ...repetition,
  /** Labelled blanks that this item fills: a location, a link, a version. */
  capture: z.array(capture).optional(),
  /** The name of this check in a test tool; foreign results bind by it. */
  check: oneOrMore(text).optional(),
  /** A second person must have watched. */
  witness: z.literal(true).optional(),
  /** Role (or sign-off id) whose signature does this item; never done by a tick. */
  signs: text.optional(),
  /** This item proves that the rollback worked. */
  verifies: z.literal("rollback").optional(),
  /** The item that takes back what this one does; it must be done before the close. */
  undo: id.optional(),
  /** Status is derived from other items: `section smoke-tests`, `items a b`. */
  derive: text.optional(),
  /** A result stays valid for this long and may be carried from an earlier run. */
  standing: duration.optional(),
  /** In an emergency change: still required, or deferred by this long: `keep`, `defer PT48H`. */
  emergency: z
    .string()
    .regex(/^(?:keep|defer P\S+)$/, "emergency is 'keep' or 'defer <duration>'")
    .optional(),
  /** Under `bands`: which band this item stands for. */
  band: z.enum(["green", "amber", "red"]).optional(),
});

export const commandAnnotation = z.strictObject({
  id: id.optional(),
  /** Ids of the items, or of the one section, that the command serves. */
  for: oneOrMore(id).optional(),
  kind: z.enum(["do", "verify", "watch", "undo", "output", "list"]).optional(),
  /** What the output should say. */
  expect: text.optional(),
  /** Where it is run. */
  on: text.optional(),
  danger: z.boolean().optional(),
  /** Parameters by name, with what they mean. */
  params: z.record(z.string(), text).optional(),
});

export const fieldAnnotation = z.strictObject({
  id,
  label: text.optional(),
  type: z.enum(fieldTypes).default("text"),
  choices: z.array(text).min(2).optional(),
  required: z.boolean().default(false),
  /** What the person or figure decides, such as `rollback`. */
  authority: text.optional(),
});

const question = z.strictObject({
  id,
  label: text,
  type: z.enum(["choice", "yes-no"]),
  choices: z.array(text).min(2).optional(),
  /** Role that answers. */
  by: text.optional(),
});

const metric = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, "a metric id is lower case letters, digits and _"),
  label: text,
  unit: z.string().optional(),
  better: z.enum(["lower", "higher"]).optional(),
  /** How the value is obtained, such as a Prometheus query. */
  query: text.optional(),
});

const signoff = z.strictObject({
  id,
  role: text,
  meaning: z.enum(meanings),
  /** Section that may not begin before this signature (a pause point). */
  before: id.optional(),
  /** Section whose work this signature covers, given when it ends. Neither: the whole run. */
  after: id.optional(),
  when: text.optional(),
  optional: z.boolean().default(false),
});

const escalation = z.strictObject({
  level: z.int().min(1),
  role: text,
  from: duration,
  to: duration.optional(),
  channel: text.optional(),
});

const contact = z.strictObject({
  role: text,
  /** What they are called for. */
  for: text.optional(),
  channel: text.optional(),
});

export const frontmatterSchema = z.strictObject({
  /** Title of the checklist. */
  title: text,
  /** What is deployed. The product's version may differ from the checklist's. */
  product: z.strictObject({ name: text, version: text.optional() }).optional(),
  status: z.enum(["draft", "released"]).default("draft"),
  owner: text.optional(),
  /** To be looked at again after this time; the due date is computed from the release date. */
  review: duration.optional(),
  /** Planned duration of the whole, at most. */
  duration: duration.optional(),
  /** Asked once, when a run opens; conditions depend on the answers. */
  questions: z.array(question).default([]),
  /** Blanks of the whole document. */
  fields: z.array(fieldAnnotation).default([]),
  metrics: z.array(metric).default([]),
  signoffs: z.array(signoff).default([]),
  /** Roles and timing only: names and phones belong to the run. */
  escalation: z.array(escalation).default([]),
  /** Roles to be reached; names and phones belong to the run. */
  contacts: z.array(contact).default([]),
  controls: z.array(text).default([]),
  /** BCP 47 language of the text. */
  lang: z.string().default("en"),
  /** May repeat what the path says; must not contradict it. */
  id: id.optional(),
  version: text.optional(),
  description: text.optional(),
  tags: z.array(text).default([]),
  /** What changed since the previous version; required from the second version on. */
  changes: text.optional(),
  /** Other tools' keys. */
  extra: z.record(z.string(), z.unknown()).default({}),
});

export type FrontmatterInput = z.input<typeof frontmatterSchema>;
export type Frontmatter = z.output<typeof frontmatterSchema>;
export type SectionAnnotation = z.output<typeof sectionAnnotation>;
export type ItemAnnotation = z.output<typeof itemAnnotation>;
export type CommandAnnotation = z.output<typeof commandAnnotation>;
export type FieldAnnotation = z.output<typeof fieldAnnotation>;
