/**
 * Does a run fit the checklist that it names? Whatever does not is refused before anything is stored:
 * unknown items, people, sections and the like, results that an item cannot have, a second result, a close that
 * leaves something open without saying so.
 */
import type { Checklist, Field, Item, SectionRole } from "./checklist.ts";
import { parseInstant } from "./instant.ts";
import { sayItem } from "./judgement/names.ts";
import { situationOf } from "./judgement/situation.ts";
import { afterCloseHint } from "./merge.ts";
import { nearest } from "./nearest.ts";
import { outlineOf } from "./outline.ts";
import { showJson, step } from "./parts.ts";
import { defaultPolicy, type Facts, noFacts } from "./policy.ts";
import { references } from "./references.ts";
import type { ResultStatus } from "./result.ts";
import { rules } from "./rules.ts";
import type { WrittenRecord } from "./run.schema.ts";
import type { Run, RunFault } from "./run.ts";

const done: readonly ResultStatus[] = [
  "passed",
  "failed",
  "inconclusive",
  "skipped",
  "not-applicable",
  "blocked",
];

/** What a result can be, by the role of the item's section. */
export const statusesOf: Readonly<Record<SectionRole, readonly ResultStatus[]>> = {
  checks: done,
  contingency: done,
  "follow-up": done,
  triggers: ["fired", "clear", "inconclusive"],
  criteria: ["met", "not-met", "inconclusive"],
  decision: ["met", "not-met"],
  bands: ["seen", "not-seen"],
  contacts: [],
  templates: [],
  review: [],
  reference: [],
};

type Fault = (pointer: string, rule: string, reason: string, hint: string | null) => void;

/** Everything about `run` that does not fit `checklist`; empty where it fits. Facts tell what earlier runs carry over. */
export function bind(run: Run, checklist: Checklist, facts: Facts = noFacts): readonly RunFault[] {
  const faults: RunFault[] = [];
  const people = new Set(run.people.map(({ id }) => id));
  const evidence = new Set(run.evidence.map(({ id }) => id));
  run.chain.forEach(({ record }, index) => {
    const fault: Fault = (pointer, rule, reason, hint) =>
      faults.push({ record: index + 1, pointer, rule, reason, hint });
    bindChecklist(record, checklist, fault);
    bindReferences(record, checklist, { people, evidence }, fault);
    bindResults(record, checklist, fault);
    bindAnswers(record, checklist, fault);
  });
  bindAmended(run, checklist, faults);
  bindLate(run, checklist, faults);
  bindRepeats(run, checklist, faults);
  // What is open can only be told once everything else fits.
  return faults.length > 0 ? faults : openAtClose(run, checklist, facts);
}

function bindChecklist({ checklist: named }: WrittenRecord, checklist: Checklist, fault: Fault): void {
  if (named.id !== checklist.id || named.version !== checklist.version) {
    fault(
      "/checklist",
      "other-checklist",
      `the run is of ${named.id} ${named.version}, got ${checklist.id} ${checklist.version}`,
      null,
    );
  }
  if (named.digest !== undefined && named.digest !== checklist.digest) {
    const reason = `the record names ${named.digest}, the file of ${checklist.id} ${checklist.version} has ${checklist.digest}`;
    fault(
      "/checklist/digest",
      "digest-mismatch",
      reason,
      "run the version that is released, or leave the digest out",
    );
  }
}

interface Known {
  readonly people: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
}

function bindReferences(
  record: WrittenRecord,
  checklist: Checklist,
  { people, evidence }: Known,
  fault: Fault,
): void {
  const outline = outlineOf(checklist);
  const commands = outline.codes.flatMap(({ command }) => command?.id ?? []);
  const templates = outline.codes.flatMap(({ template }) => template?.id ?? []);
  const known: Readonly<Record<string, ReadonlySet<string>>> = {
    item: new Set(outline.item.keys()),
    section: new Set(outline.section.keys()),
    command: new Set(commands),
    template: new Set([
      ...templates,
      ...outline.sections.filter(({ role }) => role === "templates").map(({ id }) => id),
    ]),
    person: people,
    evidence,
    rule: new Set(rules.map(({ id }) => id)),
  };
  for (const { kind, id, pointer } of references(record)) {
    const ids = known[kind];
    if (!ids || ids.has(id)) continue;
    const guess = nearest(id, [...ids]);
    const where =
      kind === "person"
        ? "people"
        : kind === "evidence"
          ? "evidence"
          : `the checklist ${checklist.id} ${checklist.version}`;
    const listed = kind === "person" || kind === "evidence" ? `list it under '${where}'` : null;
    fault(
      pointer,
      `unknown-${kind}`,
      `'${id}' is no ${kind} of ${where}`,
      guess ? `did you mean '${guess}'?` : listed,
    );
  }
}

function bindResults(record: WrittenRecord, checklist: Checklist, fault: Fault): void {
  const { item: items } = outlineOf(checklist);
  record.results.forEach((result, index) => {
    const item = items.get(result.item);
    if (!item) return;
    const at = `/results/${index}`;
    checkStatus(item, result.status, `${at}/status`, fault);
    for (const [nth, { status }] of (result.attempts ?? []).entries()) {
      checkStatus(item, status, `${at}/attempts/${nth}/status`, fault);
    }
    const captures = item.captures.map(({ id }) => id);
    for (const id of Object.keys(result.capture ?? {})) {
      if (captures.includes(id)) continue;
      const hint = captures.length > 0 ? `it has ${captures.join(", ")}` : "it has none";
      fault(
        `${at}/capture${step(id)}`,
        "unknown-capture",
        `the item '${item.id}' has no blank '${id}'`,
        hint,
      );
    }
  });
}

function checkStatus(item: Item, status: ResultStatus | null, pointer: string, fault: Fault): void {
  const allowed = statusesOf[item.role];
  if (status === null || allowed.includes(status)) return;
  const hint =
    allowed.length > 0 ? `it can be ${allowed.join(", ")}` : `nothing under '${item.role}' has a result`;
  fault(
    pointer,
    "status-of-role",
    `the item '${item.id}' stands under '${item.role}' and cannot be '${status}'`,
    hint,
  );
}

function bindAnswers(record: WrittenRecord, checklist: Checklist, fault: Fault): void {
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

/** What amendments made of results has to fit as well. */
function bindAmended(run: Run, checklist: Checklist, faults: RunFault[]): void {
  const { item: items } = outlineOf(checklist);
  for (const { item: id, record } of run.corrections) {
    if (id === null) continue;
    const fault: Fault = (pointer, rule, reason, hint) =>
      faults.push({ record, pointer, rule, reason, hint });
    const item = items.get(id);
    if (!item) fault("/amends", "unknown-item", `'${id}' is no item of the checklist`, null);
    else
      for (const result of run.results)
        if (result.item === id) checkStatus(item, result.status, "/amends", fault);
  }
}

/** After the close only what the close lists as open, and follow-ups, may still be done. */
function bindLate({ closed, results, chain }: Run, checklist: Checklist, faults: RunFault[]): void {
  if (!closed) return;
  const open = new Set(closed.open.map(({ item }) => item));
  const { item: items } = outlineOf(checklist);
  for (const { item, record, status } of results) {
    if (record <= closed.record || status === null || open.has(item)) continue;
    if (items.get(item)?.role === "follow-up") continue;
    const index = chain[record - 1]?.record.results.findIndex((result) => result.item === item) ?? 0;
    const reason = `the run is closed, and its close does not list '${item}' as open`;
    faults.push({ record, pointer: `/results/${index}`, rule: "after-close", reason, hint: afterCloseHint });
  }
}

/** One result for each item in a record, and no two records that disagree; repeated items have many. */
function bindRepeats(run: Run, checklist: Checklist, faults: RunFault[]): void {
  const { item: items } = outlineOf(checklist);
  const before = new Map<string, Run["results"][number]>();
  for (const result of run.results) {
    const [item, earlier] = [items.get(result.item), before.get(result.item)];
    if (!item || item.repeat || result.status === null) continue;
    before.set(result.item, result);
    if (!earlier) continue;
    const all = run.chain[result.record - 1]?.record.results ?? [];
    const pointer = `/results/${all.findLastIndex((entry) => entry.item === result.item)}`;
    if (earlier.record === result.record) {
      const reason = `there is a second result for the item '${item.id}'`;
      faults.push({
        record: result.record,
        pointer,
        rule: "second-result",
        reason,
        hint: "keep one; earlier tries belong under 'attempts'",
      });
    } else if (
      earlier.status !== result.status &&
      !result.attempts.some(({ status, at }) => status === earlier.status && at === earlier.at)
    ) {
      const reason = `record ${earlier.record} says that '${item.id}' is '${earlier.status}', this one says '${result.status}'`;
      const hint = "correct it by an entry under 'amends', or list the earlier try under 'attempts'";
      faults.push({ record: result.record, pointer, rule: "disagreement", reason, hint });
    }
  }
}

/** Items that a close has to list when they are open. Signatures, triggers and bands have rules of their own. */
function openAtClose(run: Run, checklist: Checklist, facts: Facts): readonly RunFault[] {
  const { closed } = run;
  if (!closed) return [];
  const listed = new Set(closed.open.map(({ item }) => item));
  const { states } = situationOf({ checklist, run, facts, policy: defaultPolicy });
  return states
    .filter(({ item, status }) => {
      const required = item.derived === null && item.signs === null && !item.optional;
      const counted = item.role !== "follow-up" && item.role !== "triggers" && item.role !== "bands";
      return (
        required && counted && (status === "not-recorded" || status === "not-due") && !listed.has(item.id)
      );
    })
    .map(({ item }) => ({
      record: closed.record,
      pointer: "/closed",
      rule: "open-item",
      reason: `the run cannot be closed: the item '${item.id}' (${sayItem(item)}) has no result`,
      hint: "record it, or list it under 'closed.open' with reason, owner and due",
    }));
}
