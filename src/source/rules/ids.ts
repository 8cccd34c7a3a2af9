/** Rules about ids. */
import { declaredAt } from "./declared.ts";
import type { Checked, Finding } from "./rule.ts";

/** Ids are one namespace a checklist: sections, items, commands, fields, questions, sign-offs. */
export function duplicateId({ checklist, written, text }: Checked): readonly Finding[] {
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
          ...(place ? { line: place.line, column: place.column } : declaredAt(text, id)),
          reason: `the id '${id}' of a ${what} is taken: ${before}`,
        },
      ];
    }),
  ];
}

export function unpinnedItem({ pins, checklist }: Checked): readonly Finding[] {
  return pins.map(({ kind, id, line }) => ({
    rule: "unpinned-item",
    severity: "warning",
    line,
    reason: `this ${kind} has no id of its own; '${id}' is derived from its text and changes with it`,
    hint: `run 'countersign pin ${checklist.id}@${checklist.version}'`,
  }));
}
