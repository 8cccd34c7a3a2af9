/** The frontmatter as it is written. */
import { z } from "zod";
import { fieldAnnotation } from "./annotation.schema.ts";
import { duration, id, meanings, text } from "./checklist.schema.ts";

const question = z.strictObject({
  id: id.describe("Permanent id; conditions speak of it"),
  label: text.describe("The question as it is asked"),
  type: z.enum(["choice", "yes-no"]).describe("How it is answered"),
  choices: z.array(text).min(2).optional().describe("With the type 'choice': the answers"),
  by: text.optional().describe("Role that answers"),
});

const metric = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, "a metric id is lower case letters, digits and _")
    .describe("Name of the metric in limits, such as error_rate"),
  label: text.describe("Its name for people"),
  unit: z.string().optional().describe("Unit of its values, such as '%', ms or kB"),
  better: z.enum(["lower", "higher"]).optional().describe("Which way is good"),
  query: text.optional().describe("How the value is obtained, such as a Prometheus query"),
});

const signoff = z.strictObject({
  id: id.optional().describe("Permanent id of the sign-off; derived from its role when absent"),
  role: text.describe("Role that signs"),
  meaning: z.enum(meanings).describe("What the signature says"),
  before: id
    .optional()
    .describe("Id of the section that may not begin before this signature (a pause point)"),
  after: id
    .optional()
    .describe("Id of the section whose work it covers, given when that ends. Neither: the whole run"),
  when: text.optional().describe("Condition over questions and decisions; false means it is not asked for"),
  optional: z.boolean().default(false).describe("Not given is no gap"),
});

const escalation = z.strictObject({
  level: z.int().min(1).describe("1 is called first"),
  role: text.describe("Role that is called; names belong to the run"),
  from: duration.describe("After this time, such as PT0M"),
  to: duration.optional().describe("Until this time, such as PT15M"),
  channel: text.optional().describe("How they are reached, such as PagerDuty"),
});

const contact = z.strictObject({
  role: text.describe("Role to be reached; names and phones belong to the run"),
  for: text.optional().describe("What they are called for"),
  channel: text.optional().describe("How they are reached, such as #deploy"),
});

export const frontmatterSchema = z.strictObject({
  title: text.describe("Title of the checklist"),
  product: z
    .strictObject({
      name: text.describe("Name of what is deployed"),
      version: text.optional().describe('Its version, in quotes ("1.10"); may differ from the checklist\'s'),
    })
    .optional()
    .describe("What is deployed"),
  status: z
    .enum(["draft", "released"])
    .default("draft")
    .describe(
      "draft until 'countersign release' writes released; superseded and withdrawn are never written",
    ),
  owner: text.optional().describe("Team or role that keeps the checklist"),
  review: duration
    .optional()
    .describe(
      "To be looked at again after this time, such as P1Y; counted from the release or the last review",
    ),
  duration: duration.optional().describe("Planned duration of the whole, at most, such as PT6H"),
  questions: z
    .array(question)
    .default([])
    .describe("Asked once, when a run opens; conditions depend on the answers"),
  fields: z.array(fieldAnnotation).default([]).describe("Blanks of the whole document"),
  metrics: z.array(metric).default([]).describe("What limits speak of"),
  signoffs: z.array(signoff).default([]).describe("Who signs, for what, and over what"),
  escalation: z
    .array(escalation)
    .default([])
    .describe("Who is called when; roles and timing only, names and phones belong to the run"),
  contacts: z.array(contact).default([]).describe("Roles to be reached; names and phones belong to the run"),
  controls: z.array(text).default([]).describe("Controls that the whole supports, such as 'SOC2 CC8.1'"),
  lang: z.string().default("en").describe("BCP 47 language of the text, such as en or de"),
  id: id.optional().describe("May repeat what the path says; must not contradict it"),
  version: text
    .optional()
    .describe('May repeat what the path says, in quotes ("1.10"); must not contradict it'),
  description: text.optional().describe("One sentence, shown in lists"),
  tags: z.array(text).default([]).describe("Words to find it by"),
  changes: text
    .optional()
    .describe("What changed since the previous version; required from the second version on"),
  extra: z.record(z.string(), z.unknown()).default({}).describe("Other tools' keys, kept as they are"),
});

export type Frontmatter = z.output<typeof frontmatterSchema>;
