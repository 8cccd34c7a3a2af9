/** Do the results of a run fit the items of the checklist: status by role, one result each, no late ones? */
import type { Fault } from "./answers.ts";
import type { Checklist, Item, SectionRole } from "./checklist.ts";
import { afterCloseHint } from "./merge.ts";
import { outlineOf } from "./outline.ts";
import { step } from "./parts.ts";
import type { ResultStatus, RunResult } from "./result.ts";
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

export function bindResults(record: WrittenRecord, checklist: Checklist, fault: Fault): void {
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

/** What amendments made of results has to fit as well: the last one of each item says what is recorded now. */
export function bindAmended(run: Run, checklist: Checklist, faults: RunFault[]): void {
  const { item: items } = outlineOf(checklist);
  const last = new Map(run.corrections.map((correction) => [correction.item, correction]));
  for (const [id, { record, pointer: place }] of last) {
    if (id === null) continue;
    const nth = run.chain[record - 1]?.record.amends?.findLastIndex((one) => one.pointer === place) ?? -1;
    const pointer = nth < 0 ? "/amends" : `/amends/${nth}/new`;
    const fault: Fault = (at, rule, reason, hint) => faults.push({ record, pointer: at, rule, reason, hint });
    const item = items.get(id);
    if (!item) fault(pointer, "unknown-item", `'${id}' is no item of the checklist`, null);
    else
      for (const result of run.results)
        if (result.item === id) checkStatus(item, result.status, pointer, fault);
  }
}

/** After the close only what the close lists as open, and follow-ups, may still be done. */
export function bindLate({ closed, results, chain }: Run, checklist: Checklist, faults: RunFault[]): void {
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

/** One result for each item and person in a record, and no two records that disagree; repeated items have many. */
export function bindRepeats(run: Run, checklist: Checklist, faults: RunFault[]): void {
  const { item: items } = outlineOf(checklist);
  const before = new Map<string, Run["results"][number]>();
  for (const result of run.results) {
    const [item, earlier] = [items.get(result.item), before.get(result.item)];
    if (!item || item.repeat || result.status === null) continue;
    before.set(result.item, result);
    if (!earlier) continue;
    const all = run.chain[result.record - 1]?.record.results ?? [];
    const pointer = `/results/${all.findLastIndex((entry) => entry.item === result.item)}`;
    // Two people who were there and say the same are two observers.
    if (earlier.status === result.status && isOther(earlier.by, result.by)) continue;
    if (earlier.record === result.record) {
      const reason = `there is a second result for the item '${item.id}'`;
      faults.push({
        record: result.record,
        pointer,
        rule: "second-result",
        reason,
        hint: "keep one; earlier tries belong under 'attempts'",
      });
    } else if (earlier.status !== result.status && !lists(result, earlier) && !lists(earlier, result)) {
      const reason = `record ${earlier.record} says that '${item.id}' is '${earlier.status}', this one says '${result.status}'`;
      const hint = "correct it by an entry under 'amends', or list the earlier try under 'attempts'";
      faults.push({ record: result.record, pointer, rule: "disagreement", reason, hint });
    }
  }
}

function isOther(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** Does a result name the other among its earlier tries? It may have come in before that one did. */
function lists({ attempts }: RunResult, { status, at }: RunResult): boolean {
  return attempts.some((attempt) => attempt.status === status && attempt.at === at);
}
