/**
 * The rules of `check` on one parsed checklist: named functions in one array. A new rule is one function, one
 * line in `rules`, one fixture. What only the parser can see (frontmatter, unknown-annotation, bad-limit,
 * raw-html) it reports itself under the same kind of name.
 */
import { bandGap, bandOverlap, greyZone, limitPolarity } from "./rules/bands.ts";
import { unknownCondition } from "./rules/conditions.ts";
import { mojibake } from "./rules/encoding.ts";
import { limitUnits, missingInterval } from "./rules/figures.ts";
import { duplicateId, unpinnedItem } from "./rules/ids.ts";
import { brokenLink } from "./rules/links.ts";
import { unknownItem, unknownSection } from "./rules/references.ts";
import type { Rule } from "./rules/rule.ts";
import { secret } from "./rules/secrets.ts";
import {
  doubleSignoff,
  emptySection,
  headingJump,
  noDecider,
  statedCount,
  statedDuration,
  undone,
  unownedCommand,
} from "./rules/shape.ts";
import { hollowSection, noSignoff } from "./rules/structure.ts";
import { bidiControl, duplicateText, personalData, placeholderLeft, prefilledResult } from "./rules/words.ts";

/** The version of this set of rules, kept in the lock with every release. Counts up when a rule is added or changed. */
export const RULES_VERSION = "3";

export const rules: readonly Rule[] = [
  duplicateId,
  unpinnedItem,
  unknownSection,
  unknownItem,
  unknownCondition,
  hollowSection,
  noSignoff,
  limitUnits,
  limitPolarity,
  missingInterval,
  greyZone,
  bandGap,
  bandOverlap,
  emptySection,
  headingJump,
  noDecider,
  doubleSignoff,
  undone,
  statedCount,
  statedDuration,
  unownedCommand,
  secret,
  mojibake,
  bidiControl,
  placeholderLeft,
  personalData,
  duplicateText,
  prefilledResult,
  brokenLink,
];
