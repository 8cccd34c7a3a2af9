/** Rules about conditions. */
import type { Checklist, Item } from "../../model/checklist.ts";
import { namesIn } from "../../model/condition.ts";
import { nearest } from "../../model/nearest.ts";
import { outlineOf } from "../../model/outline.ts";
import { declaredAt } from "./declared.ts";
import type { Checked, Finding } from "./rule.ts";

/** Conditions speak of questions (with one of their choices) and of decisions. */
export function unknownCondition({ checklist, text }: Checked): readonly Finding[] {
  const { sections, items } = outlineOf(checklist);
  const questions = new Map(checklist.questions.map((question) => [question.id, question]));
  const decisions = new Set(sections.map(({ id }) => `decision.${id}`));
  const seen = new Set<unknown>();
  const holders = [
    ...sections,
    ...items,
    ...checklist.signoffs.map((signoff) => ({
      ...signoff,
      line: declaredAt(text, signoff.id).line,
    })),
  ];
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
