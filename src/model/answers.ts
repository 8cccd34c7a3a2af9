/** Do the answers and fields of a record fit the questions and blanks of the checklist? */
import type { Checklist, Field } from "./checklist.ts";
import { parseInstant } from "./instant.ts";
import { nearest } from "./nearest.ts";
import { showJson, step } from "./parts.ts";
import type { WrittenRecord } from "./run.schema.ts";

/** Reports one thing that does not fit, in one record. */
export type Fault = (pointer: string, rule: string, reason: string, hint: string | null) => void;

export function bindAnswers(
  record: Pick<WrittenRecord, "answers" | "fields">,
  checklist: Checklist,
  fault: Fault,
): void {
  for (const [id, answer] of Object.entries(record.answers ?? {})) {
    const question = checklist.questions.find((entry) => entry.id === id);
    const pointer = `/answers${step(id)}`;
    if (!question) unknown(pointer, "question", id, checklist.questions, fault);
    else checkValue({ ...question, type: question.type }, answer, pointer, "answer", fault);
  }
  for (const [id, value] of Object.entries(record.fields ?? {})) {
    const field = checklist.fields.find((entry) => entry.id === id);
    const pointer = `/fields${step(id)}`;
    if (!field) unknown(pointer, "field", id, checklist.fields, fault);
    else checkValue(field, value, pointer, "field", fault);
  }
}

function unknown(
  pointer: string,
  kind: string,
  id: string,
  all: readonly { readonly id: string }[],
  fault: Fault,
): void {
  const ids = all.map((entry) => entry.id);
  const guess = nearest(id, ids);
  const hint = guess
    ? `did you mean '${guess}'?`
    : ids.length > 0
      ? `it has ${ids.join(", ")}`
      : "it has none";
  fault(pointer, `unknown-${kind}`, `the checklist has no ${kind} '${id}'`, hint);
}

const yesNo: ReadonlySet<string> = new Set(["yes", "no", "true", "false"]);

function checkValue(
  { type, choices }: Pick<Field, "type" | "choices">,
  value: string | number | boolean,
  pointer: string,
  kind: string,
  fault: Fault,
): void {
  const text = String(value);
  const rule = `bad-${kind}`;
  if (type === "yes-no" && !yesNo.has(text))
    fault(pointer, rule, `expected yes or no, got ${showJson(value)}`, null);
  else if (type === "choice" && choices.length > 0 && !choices.includes(text)) {
    fault(pointer, rule, `expected one of ${choices.join(", ")}; got ${showJson(value)}`, null);
  } else if (type === "datetime" && !parseInstant(text)) {
    fault(
      pointer,
      rule,
      `expected a time with an offset, such as 2026-03-04T22:00:00+01:00; got ${showJson(value)}`,
      null,
    );
  } else if (type === "date" && !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    fault(pointer, rule, `expected a date, such as 2026-03-04; got ${showJson(value)}`, null);
  } else if (type === "number" && !/^[+-]?\d+(?:\.\d+)?$/.test(text)) {
    fault(pointer, rule, `expected a number, got ${showJson(value)}`, null);
  }
}
