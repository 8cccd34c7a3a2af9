/**
 * The vocabulary of the written form: ids, durations, roles, and what else annotations (annotation.schema.ts) and
 * frontmatter (frontmatter.schema.ts) are made of. The normal form, which everything else reads, is in checklist.ts.
 * Every field is described: `public/schema/checklist-1.json` is generated from here, and editors show it.
 */
import { z } from "zod";

/** Ids are permanent: lower case, digits, `.`, `_`, `-`; 1 to 64 characters; ends are letters or digits. */
export const ID_PATTERN = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

export const id = z
  .string()
  .regex(
    ID_PATTERN,
    "an id is 1 to 64 of a-z, 0-9, '.', '_', '-', and begins and ends with a letter or a digit",
  );
export const text = z.string().min(1);
/** ISO 8601 duration without sign: `PT15M`, `P7D`, `PT1H30M`. */
export const duration = z
  .string()
  .regex(
    /^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/,
    "a duration is ISO 8601, such as PT15M or P7D",
  );
/** A signed offset from an anchor: `-P7D`, `+PT24H`, `P0D`. */
export const offset = z
  .string()
  .regex(
    /^[+-]?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/,
    "an offset is a signed ISO 8601 duration, such as -P7D or +PT24H",
  );
export const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);

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
