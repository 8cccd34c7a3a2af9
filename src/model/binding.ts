/**
 * Does a run fit the checklist that it names? Whatever does not is refused before anything is stored:
 * unknown items, people, sections and the like, results that an item cannot have, a second result, a close that
 * leaves something open without saying so.
 */
import { bindAnswers, type Fault } from "./answers.ts";
import type { Checklist } from "./checklist.ts";
import { bindAmended, bindLate, bindRepeats, bindResults } from "./fitting.ts";
import { compareInstants, parseInstant } from "./instant.ts";
import { sayItem } from "./judgement/names.ts";
import { situationOf } from "./judgement/situation.ts";
import { recordedTimes } from "./moments.ts";
import { nearest } from "./nearest.ts";
import { outlineOf } from "./outline.ts";
import { isList, isTree, type Json, type Tree } from "./parts.ts";
import { defaultPolicy, type Facts, noFacts } from "./policy.ts";
import { references } from "./references.ts";
import { rules } from "./rules.ts";
import type { WrittenRecord } from "./run.schema.ts";
import type { Run, RunFault } from "./run.ts";

/** Everything about `run` that does not fit `checklist`; empty where it fits. Facts tell what earlier runs carry over. */
export function bind(run: Run, checklist: Checklist, facts: Facts = noFacts): readonly RunFault[] {
  const known = {
    people: new Set(run.people.map(({ id }) => id)),
    evidence: new Set(run.evidence.map(({ id }) => id)),
  };
  const faults = [...bindRecords(run.chain, checklist, known)];
  bindAmended(run, checklist, faults);
  bindLate(run, checklist, faults);
  bindRepeats(run, checklist, faults);
  // What is open can only be told once everything else fits.
  return faults.length > 0 ? faults : openAtClose(run, checklist, facts);
}

/** What does not fit of each record by itself: also of records that make no run together. */
export function bindRecords(
  chain: Run["chain"],
  checklist: Checklist,
  known: Known = knownIn(chain.map(({ record }) => record)),
): readonly RunFault[] {
  const faults: RunFault[] = [];
  chain.forEach(({ record }, index) => {
    const fault: Fault = (pointer, rule, reason, hint) =>
      faults.push({ record: index + 1, pointer, rule, reason, hint });
    bindChecklist(record, checklist, fault);
    bindReferences(record, checklist, known, fault);
    bindResults(record, checklist, fault);
    bindAnswers(record, checklist, fault);
  });
  return faults;
}

/** Whom and which files records list, amendments included. */
function knownIn(records: readonly WrittenRecord[]): Known {
  const amended = records
    .flatMap(({ amends }) => amends ?? [])
    .map(({ pointer }) => pointer.split("/")[2] ?? "");
  const ids = (key: "people" | "evidence"): ReadonlySet<string> =>
    new Set([...records.flatMap((record) => record[key] ?? []).map(({ id }) => id), ...amended]);
  return { people: ids("people"), evidence: ids("evidence") };
}

/**
 * Names in a record that does not follow the schema: what the checklist has not, whatever else is wrong.
 * @param listed also people and evidence; false where earlier records may list them
 */
export function bindNames(value: Json, checklist: Checklist, listed: boolean, fault: Fault): void {
  const ids = (key: string): ReadonlySet<string> => {
    const entries = isTree(value) ? value[key] : [];
    return new Set(
      (isList(entries) ? entries : []).flatMap((one) =>
        isTree(one) && typeof one.id === "string" ? one.id : [],
      ),
    );
  };
  const known = { people: ids("people"), evidence: ids("evidence") };
  bindReferences(value, checklist, known, (pointer, rule, reason, hint) => {
    if (listed || (rule !== "unknown-person" && rule !== "unknown-evidence"))
      fault(pointer, rule, reason, hint);
  });
  if (!isTree(value)) return;
  bindAnswers({ answers: scalars(value.answers), fields: scalars(value.fields) }, checklist, fault);
  const { digest } = isTree(value.checklist) ? value.checklist : {};
  if (typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest))
    bindDigest(digest, checklist, fault);
  bindPast(value, fault);
}

/** Entries that can be compared with what a question or a blank takes; the schema says what is wrong with the others. */
function scalars(value: Json | undefined): Readonly<Record<string, string | number | boolean>> {
  if (!isTree(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, one]) =>
      typeof one === "string" || typeof one === "number" || typeof one === "boolean" ? [[id, one]] : [],
    ),
  );
}

/** Times later than what the record is as of, as far as both are times. */
function bindPast({ amends: _, ...value }: Tree, fault: Fault): void {
  const { asOf } = value;
  if (typeof asOf !== "string" || !parseInstant(asOf)) return;
  for (const { pointer, time } of recordedTimes(value as unknown as WrittenRecord)) {
    if (!parseInstant(time) || compareInstants(time, asOf) <= 0) continue;
    fault(pointer, "after-as-of", `${time} is later than 'asOf', ${asOf}`, null);
  }
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
  if (named.digest !== undefined) bindDigest(named.digest, checklist, fault);
}

function bindDigest(named: string, { id, version, digest }: Checklist, fault: Fault): void {
  if (named === digest) return;
  fault(
    "/checklist/digest",
    "digest-mismatch",
    `the record was made from ${named}, but the file of ${id} ${version} has ${digest}`,
    "run the version that is there, or bring back the file that was run",
  );
}

interface Known {
  readonly people: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
}

function bindReferences(
  record: WrittenRecord | Json,
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
