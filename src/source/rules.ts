/**
 * The rules of `check` on one parsed checklist: named functions in one array. A new rule is one function, one
 * line in `rules`, one fixture. What only the parser can see (frontmatter, unknown-annotation, bad-limit,
 * raw-html) it reports itself under the same kind of name.
 */
import type { Checklist, Item, Section } from "../model/checklist.ts";
import { namesIn } from "../model/condition.ts";
import type { Diagnostic, DiagnosticSeverity } from "../model/diagnostic.ts";
import type { Limit } from "../model/limit.ts";
import { sameDimension } from "../model/limits.ts";
import { nearest } from "../model/nearest.ts";
import { itemsWithin, outlineOf } from "../model/outline.ts";
import type { Pin, Place } from "./context.ts";

export interface Checked {
  readonly checklist: Checklist;
  readonly file: string;
  readonly written: ReadonlyMap<string, readonly Place[]>;
  readonly pins: readonly Pin[];
}

export type Rule = (checked: Checked) => readonly Finding[];

export interface Finding {
  readonly rule: string;
  readonly severity: DiagnosticSeverity;
  readonly line: number;
  readonly column?: number;
  readonly reason: string;
  readonly hint?: string;
}

/** Runs every rule. Findings on a version that the lock knows are at most warnings: what was released is not condemned. */
export function checkChecklist(checked: Checked, locked: boolean): readonly Diagnostic[] {
  return rules.flatMap((rule) =>
    rule(checked).map(({ rule: name, severity, line, column = 1, reason, hint = null }) => ({
      severity: locked && severity === "error" ? "warning" : severity,
      rule: name,
      file: checked.file,
      line,
      column,
      reason,
      hint,
    })),
  );
}

/** Ids are one namespace a checklist: sections, items, commands, fields, questions, sign-offs. */
function duplicateId({ checklist, written }: Checked): readonly Finding[] {
  const inText = [...written].filter(([, places]) => places.length > 1);
  const repeated = inText.map(([id, places]): Finding => {
    const [first, second] = places;
    return {
      rule: "duplicate-id",
      severity: "error",
      line: second?.line ?? 0,
      column: second?.column ?? 1,
      reason: `the id '${id}' is taken: it stands in line ${first?.line ?? 0} already`,
      hint: "an id is given once and for ever; choose another one here",
    };
  });
  const declared = [
    ...checklist.fields.filter(({ section }) => section === null).map(({ id }) => ({ id, what: "field" })),
    ...checklist.questions.map(({ id }) => ({ id, what: "question" })),
    ...checklist.signoffs.map(({ id }) => ({ id, what: "sign-off" })),
  ];
  const seen = new Map<string, string>();
  return [
    ...repeated,
    ...declared.flatMap(({ id, what }): readonly Finding[] => {
      const place = written.get(id)?.[0];
      const before = seen.get(id) ?? (place ? `the body has it in line ${place.line}` : undefined);
      seen.set(id, `a ${what} of the frontmatter has it`);
      if (before === undefined) return [];
      return [
        {
          rule: "duplicate-id",
          severity: "error",
          line: place?.line ?? 1,
          reason: `the id '${id}' of a ${what} is taken: ${before}`,
        },
      ];
    }),
  ];
}

function unpinnedItem({ pins, checklist }: Checked): readonly Finding[] {
  return pins.map(({ kind, id, line }) => ({
    rule: "unpinned-item",
    severity: "warning",
    line,
    reason: `this ${kind} has no id of its own; '${id}' is derived from its text and changes with it`,
    hint: `run 'countersign pin ${checklist.id}@${checklist.version}'`,
  }));
}

function unknownSection({ checklist }: Checked): readonly Finding[] {
  const { section, item, codes, items, sections } = outlineOf(checklist);
  const known = [...section.keys()];
  const missing = (line: number, what: string, id: string): Finding => {
    const guess = nearest(id, known);
    return {
      rule: "unknown-section",
      severity: "error",
      line,
      reason: `${what} names the section '${id}', and there is none`,
      ...(guess ? { hint: `did you mean '${guess}'?` } : {}),
    };
  };
  const isTarget = (id: string): boolean => section.has(id) || item.has(id);
  return [
    ...checklist.signoffs.flatMap(({ id, before, after }) =>
      [before, after].flatMap((name) =>
        name !== null && !section.has(name) ? [missing(1, `the sign-off '${id}'`, name)] : [],
      ),
    ),
    ...codes.flatMap(({ command }) =>
      command
        ? command.for
            .filter((id) => !isTarget(id))
            .map((id) => missing(command.line, `'for' of the command '${command.id}'`, id))
        : [],
    ),
    ...[...items, ...sections].flatMap(({ id, line, repeat }) =>
      repeat?.until && !isTarget(repeat.until) ? [missing(line, `'until' of '${id}'`, repeat.until)] : [],
    ),
    ...items.flatMap(({ id, line, derived }) =>
      derived?.from === "section"
        ? derived.ids
            .filter((name) => !section.has(name))
            .map((name) => missing(line, `'derive' of '${id}'`, name))
        : [],
    ),
  ];
}

/** `needs`, `undo`, `derive: items …` and baselines of limits name items that exist. */
function unknownItem({ checklist }: Checked): readonly Finding[] {
  const { item, items } = outlineOf(checklist);
  return items.flatMap((one) => {
    const named = [
      ...one.needs.map((id) => ({ what: "needs", id })),
      ...(one.undo ? [{ what: "undo", id: one.undo }] : []),
      ...(one.derived?.from === "items" ? one.derived.ids.map((id) => ({ what: "derive", id })) : []),
      ...[...one.limits, ...one.targets].flatMap(({ bound }) =>
        bound.type === "relative" ? [{ what: "the limit", id: bound.baseline }] : [],
      ),
    ];
    return named
      .filter(({ id }) => !item.has(id))
      .map(({ what, id }): Finding => {
        const guess = nearest(id, [...item.keys()]);
        return {
          rule: "unknown-item",
          severity: "error",
          line: one.line,
          reason: `${what} of '${one.id}' names the item '${id}', and there is none`,
          ...(guess ? { hint: `did you mean '${guess}'?` } : {}),
        };
      });
  });
}

/** Conditions speak of questions (with one of their choices) and of decisions. */
function unknownCondition({ checklist }: Checked): readonly Finding[] {
  const { sections, items } = outlineOf(checklist);
  const questions = new Map(checklist.questions.map((question) => [question.id, question]));
  const decisions = new Set(sections.map(({ id }) => `decision.${id}`));
  const seen = new Set<unknown>();
  const holders = [...sections, ...items, ...checklist.signoffs.map((signoff) => ({ ...signoff, line: 1 }))];
  return holders.flatMap(({ conditions, line }) =>
    conditions.flatMap((condition): readonly Finding[] => {
      if (seen.has(condition)) return [];
      seen.add(condition);
      const names = namesIn(condition).filter(
        (name) => name !== "decision" && !decisions.has(name) && !questions.has(name),
      );
      const unknown = names.map((name): Finding => {
        const guess = nearest(name, [...questions.keys(), "decision"]);
        return {
          rule: "unknown-condition",
          severity: "error",
          line,
          reason: `the condition speaks of '${name}', and no question has that id`,
          hint: guess ? `did you mean '${guess}'?` : "add it to 'questions' in the frontmatter",
        };
      });
      return [
        ...unknown,
        ...valuesIn(condition).flatMap(([name, value]) => unknownChoice(questions.get(name), value, line)),
      ];
    }),
  );
}

function valuesIn(condition: Item["conditions"][number]): readonly (readonly [string, string])[] {
  if (condition.type === "is") return [[condition.name, condition.value]];
  if (condition.type === "not") return valuesIn(condition.of);
  return condition.type === "true" ? [] : condition.of.flatMap(valuesIn);
}

function unknownChoice(
  question: Checklist["questions"][number] | undefined,
  value: string,
  line: number,
): readonly Finding[] {
  const choices = question?.type === "yes-no" ? ["yes", "no", "true", "false"] : (question?.choices ?? []);
  if (!question || choices.length === 0 || choices.includes(value)) return [];
  return [
    {
      rule: "unknown-condition",
      severity: "error",
      line,
      reason: `'${question.id}' is never '${value}': its choices are ${choices.join(", ")}`,
    },
  ];
}

/** A contingency, criteria or a change stage without one item could pass with nothing done. */
function hollowSection({ checklist }: Checked): readonly Finding[] {
  const hollow = ({ id, role, stage, parent }: Section): boolean => {
    const above = parent === null ? undefined : outlineOf(checklist).section.get(parent);
    const top = above?.role !== role || above.stage !== stage;
    const counts =
      ["contingency", "triggers", "criteria", "decision", "bands"].includes(role) ||
      (role === "checks" && stage === "change");
    return top && counts && itemsWithin(checklist, id).length === 0;
  };
  return outlineOf(checklist)
    .sections.filter(hollow)
    .map(({ id, role, line }) => ({
      rule: "hollow-section",
      severity: checklist.status === "released" ? "error" : "warning",
      line,
      reason: `the section '${id}' has the role '${role}' and holds no item: its run would pass with nothing done`,
      hint: "write its steps as items ('- [ ] …', or a bullet with <!-- item: id -->), or give it the role 'reference'",
    }));
}

function noSignoff({ checklist }: Checked): readonly Finding[] {
  if (checklist.signoffs.length > 0) return [];
  const reason = "nobody signs: the frontmatter has no 'signoffs'";
  return [
    {
      rule: "no-signoff",
      severity: "warning",
      line: 1,
      reason,
      hint: "add at least one, such as {id: eng, role: Engineering lead, meaning: approval}",
    },
  ];
}

/** A limit's unit and its metric's are of one dimension. */
function limitUnits({ checklist }: Checked): readonly Finding[] {
  const metrics = new Map(checklist.metrics.map((metric) => [metric.id, metric]));
  const check = (line: number, limit: Limit): readonly Finding[] => {
    const metric = metrics.get(limit.metric);
    if (!metric && checklist.metrics.length > 0) {
      const guess = nearest(limit.metric, [...metrics.keys()]);
      return [
        {
          rule: "limit-units",
          severity: "warning",
          line,
          reason: `the limit '${limit.text}' is about '${limit.metric}', and 'metrics' has no such id`,
          ...(guess ? { hint: `did you mean '${guess}'?` } : {}),
        },
      ];
    }
    if (
      !metric?.unit ||
      !limit.unit ||
      limit.bound.type === "relative" ||
      sameDimension(metric.unit, limit.unit)
    )
      return [];
    return [
      {
        rule: "limit-units",
        severity: "error",
        line,
        reason: `the limit '${limit.text}' is in ${limit.unit}, and the metric '${metric.id}' is in ${metric.unit}: the two cannot be compared`,
      },
    ];
  };
  return outlineOf(checklist).items.flatMap(({ line, limits, targets, expected }) =>
    [...limits, ...targets, ...expected].flatMap((limit) => check(line, limit)),
  );
}

export const rules: readonly Rule[] = [
  duplicateId,
  unpinnedItem,
  unknownSection,
  unknownItem,
  unknownCondition,
  hollowSection,
  noSignoff,
  limitUnits,
];
