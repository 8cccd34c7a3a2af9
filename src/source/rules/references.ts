/** Rules about names that must exist: sections and items. */
import { nearest } from "../../model/nearest.ts";
import { outlineOf } from "../../model/outline.ts";
import { declaredAt, type Spot } from "./declared.ts";
import type { Checked, Finding } from "./rule.ts";

export function unknownSection({ checklist, text }: Checked): readonly Finding[] {
  const { section, item, codes, items, sections } = outlineOf(checklist);
  const known = [...section.keys()];
  const missing = (place: number | Spot, what: string, id: string): Finding => {
    const guess = nearest(id, known);
    return {
      rule: "unknown-section",
      severity: "error",
      ...(typeof place === "number" ? { line: place } : place),
      reason: `${what} names the section '${id}', and there is none`,
      ...(guess ? { hint: `did you mean '${guess}'?` } : {}),
    };
  };
  const isTarget = (id: string): boolean => section.has(id) || item.has(id);
  return [
    ...checklist.signoffs.flatMap(({ id, before, after }) =>
      [before, after].flatMap((name) =>
        name !== null && !section.has(name)
          ? [missing(declaredAt(text, id), `the sign-off '${id}'`, name)]
          : [],
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

/** `needs`, `derive: items …` and baselines of limits name items that exist. */
export function unknownItem({ checklist }: Checked): readonly Finding[] {
  const { item, items } = outlineOf(checklist);
  return items.flatMap((one) => {
    const named = [
      ...one.needs.map((id) => ({ what: "needs", id })),
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
