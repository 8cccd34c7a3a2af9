/** Annotations as they are written: HTML comments of the Markdown that hold YAML with one known key. */
import { z } from "zod";
import {
  anchors,
  duration,
  fieldTypes,
  id,
  offset,
  oneOrMore,
  sectionRoles,
  stages,
  text,
} from "./checklist.schema.ts";

const repetition = {
  repeat: duration.optional().describe("Interval between two readings, such as PT15M"),
  for: duration
    .optional()
    .describe(
      "How long the readings go on, such as PT1H; with 'repeat' it gives the number of readings expected",
    ),
  until: id.optional().describe("Id of the item or section whose end stops the readings"),
};

const when = text
  .optional()
  .describe(
    "Condition over questions and decisions: 'platform == vercel', 'decision == rollback', with and, or, not. False means not selected",
  );
const mandatory = z
  .boolean()
  .optional()
  .describe("No waiver, no 'not applicable', no skip, for this and for everything inside");

export const sectionAnnotation = z.strictObject({
  id: id.optional().describe("Permanent id of the section; derived from its heading when absent"),
  role: z
    .enum(sectionRoles)
    .optional()
    .describe("What the section holds and how its items are judged; inherited. Default: checks"),
  stage: z
    .enum(stages)
    .optional()
    .describe(
      "Where it stands relative to the change; inherited. Without one no rule about stages or the window applies",
    ),
  at: offset
    .optional()
    .describe("When the work is to be done, as an offset from 'anchor' such as -P7D; inherited"),
  anchor: z.enum(anchors).optional().describe("What 'at' and 'due' are counted from. Default: target"),
  due: offset.optional().describe("When the work must be done at the latest, as an offset from 'anchor'"),
  duration: duration.optional().describe("Planned duration, at most, such as PT15M"),
  dwell: duration.optional().describe("How long at least one has to stay in the section"),
  when,
  choose: z.literal(1).optional().describe("Exactly one child section applies"),
  rule: z
    .enum(["any", "all"])
    .optional()
    .describe("For triggers and criteria: does one item suffice, or must all hold?"),
  "when-met": z
    .enum(["go", "no-go", "delay", "rollback"])
    .optional()
    .describe("What follows when the section's rule is met"),
  decider: text.optional().describe("Role, or id of a person field, that decides"),
  ...repetition,
  mandatory,
  controls: z.array(text).optional().describe("Controls that this section supports, such as 'ISO27001 8.32'"),
});

const capture = z.strictObject({
  id: id.describe("Permanent id of the blank, one within its item"),
  type: z.enum(fieldTypes).default("text").describe("What is written into it"),
  label: text.describe("What stands before the blank"),
  required: z.boolean().default(false).describe("The item is incomplete without it"),
});

export const itemAnnotation = z.strictObject({
  id: id.optional().describe("Permanent id of the item; derived from section and text when absent"),
  owner: text.optional().describe("Role that does the work"),
  evidence: z.literal("required").optional().describe("Evidence must be attached"),
  limit: oneOrMore(text)
    .optional()
    .describe("What observed values must hold, such as 'error_rate < 1 % for 5 min'. A list: all must hold"),
  target: oneOrMore(text).optional().describe("What one hopes for; a miss is a note"),
  expect: oneOrMore(text).optional().describe("The usual range; never fails"),
  setting: oneOrMore(text).optional().describe("A configured figure: shown, never judged"),
  observe: z
    .literal("required")
    .optional()
    .describe("The observed value must be recorded, also when the item passed"),
  needs: oneOrMore(id).optional().describe("Ids of items that must be done before"),
  when,
  optional: z.boolean().optional().describe("Not done is no gap"),
  mandatory,
  at: offset.optional().describe("When it is to be done, as an offset from the section's anchor"),
  due: offset
    .optional()
    .describe("When it must be done at the latest, as an offset from the section's anchor"),
  "not-before": offset.optional().describe("Earliest time, as an offset from the section's anchor"),
  dwell: duration.optional().describe("How long at least it takes: done sooner is a finding"),
  ...repetition,
  capture: z
    .array(capture)
    .optional()
    .describe("Labelled blanks that this item fills: a location, a link, a version"),
  check: oneOrMore(text)
    .optional()
    .describe("The name of this check in a test tool; foreign results bind by it"),
  witness: z.literal(true).optional().describe("A second person must have watched"),
  signs: text
    .optional()
    .describe("Role, or id of a sign-off, whose signature does this item; never done by a tick"),
  verifies: z.literal("rollback").optional().describe("This item proves that the rollback worked"),
  undo: id
    .optional()
    .describe("Id of the item that takes back what this one does; to be done before the run closes"),
  derive: text
    .optional()
    .describe("Its status follows from other items: 'section smoke-tests' or 'items a b'"),
  standing: duration
    .optional()
    .describe("A result stays valid for this long and may be carried from an earlier run"),
  emergency: z
    .string()
    .regex(/^(?:keep|defer P\S+)$/, "emergency is 'keep' or 'defer <duration>'")
    .optional()
    .describe("In an emergency change: still required ('keep'), or deferred ('defer PT48H')"),
  band: z
    .enum(["green", "amber", "red"])
    .optional()
    .describe("Under the role 'bands': which band this item stands for"),
});

export const commandAnnotation = z.strictObject({
  id: id.optional().describe("Permanent id of the command; derived from what it serves when absent"),
  for: oneOrMore(id).optional().describe("Ids of the items, or of the one section, that the command serves"),
  kind: z
    .enum(["do", "verify", "watch", "undo", "output", "list"])
    .optional()
    .describe(
      "What it is for: change something (do), look (verify), keep looking (watch), take back (undo), or it is no command (output, list)",
    ),
  expect: text.optional().describe("What the output should say"),
  on: text.optional().describe("Where it is run, such as 'production'"),
  danger: z.boolean().optional().describe("Marked on screen and on paper"),
  params: z
    .record(z.string(), text)
    .optional()
    .describe("Parameters by name, with what they mean; the copy button waits for their values"),
});

export const fieldAnnotation = z.strictObject({
  id: id.describe("Permanent id of the blank"),
  label: text.optional().describe("What stands before the blank"),
  type: z.enum(fieldTypes).default("text").describe("What is written into it"),
  choices: z.array(text).min(2).optional().describe("With the type 'choice': what one may choose"),
  required: z.boolean().default(false).describe("A run is incomplete without it"),
  authority: text.optional().describe("What the person or figure decides, such as 'rollback'"),
});

export type SectionAnnotation = z.output<typeof sectionAnnotation>;
export type ItemAnnotation = z.output<typeof itemAnnotation>;
export type CommandAnnotation = z.output<typeof commandAnnotation>;
export type FieldAnnotation = z.output<typeof fieldAnnotation>;
