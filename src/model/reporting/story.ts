/** The parts of a report that are told as they were recorded, with names and times put to them. */
import type { FieldType } from "../checklist.ts";
import type { ItemName, PersonName } from "../fact.ts";
import { parseInstant, showLocal } from "../instant.ts";
import { itemName, maybeMoment, maybePerson, moment, personName } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import { isVerified, verifiers } from "../judgement/turning.ts";
import { outlineOf } from "../outline.ts";
import type { EvidenceReport, Report } from "../report.ts";
import type {
  ChangeReport,
  CorrectionReport,
  DecisionReport,
  IncidentReport,
  RollbackReport,
} from "../storyreport.ts";

function section(
  situation: Situation,
  id: string,
): { readonly id: string; readonly number: string; readonly text: string } {
  const found = situation.outline.section.get(id);
  return { id, number: found?.number ?? "", text: found?.text ?? id };
}

function item(situation: Situation, id: string | null): ItemName | null {
  const found = id === null ? undefined : situation.outline.item.get(id);
  return found ? itemName(found) : null;
}

export function changeReport(situation: Situation): ChangeReport {
  const { change } = situation.run;
  const { preapproval } = change;
  return {
    ...change,
    preapproval: preapproval ? { id: preapproval.id, validUntil: maybeMoment(preapproval.validUntil) } : null,
    requester: maybePerson(situation, change.requester),
    work: change.work.map(({ url, authors, approvers, tests }) => ({
      url,
      authors: authors.map((id) => personName(situation, id)),
      approvers: approvers.map((id) => personName(situation, id)),
      tests,
    })),
  };
}

export function decisionReports(situation: Situation): readonly DecisionReport[] {
  return situation.decisions.map((entry) => ({
    decision: entry.decision,
    section: entry.section === null ? null : section(situation, entry.section),
    by: maybePerson(situation, entry.by),
    at: maybeMoment(entry.at),
    basis: entry.basis,
    record: entry.record,
  }));
}

export function rollbackReport(situation: Situation): RollbackReport | null {
  const { run, turn } = situation;
  if (turn?.kind !== "rollback") return null;
  const paths = situation.outline.sections.filter(
    ({ id, parent }) => situation.paths.invoked.has(id) && !situation.paths.invoked.has(parent ?? ""),
  );
  return {
    trigger: item(situation, run.rollback?.trigger ?? null),
    at: maybeMoment(turn.at),
    paths: paths.map(({ id }) => section(situation, id)),
    outcome: run.rollback?.outcome ?? null,
    verifiedBy: verifiers(situation).map((state) => itemName(state.item)),
    verified: isVerified(situation),
  };
}

export function messageReports(situation: Situation): Report["messages"] {
  const templates = outlineOf(situation.checklist).codes.flatMap(({ template }) => template ?? []);
  return situation.run.messages.map(({ template, at, by, channel, values }) => {
    const found = templates.find(({ id }) => id === template);
    const filled = (found?.placeholders ?? []).reduce((text, { name, written }) => {
      const value = values[name] ?? values[name.toLowerCase()];
      return value === undefined ? text : text.replaceAll(written, () => value);
    }, found?.text ?? "");
    return {
      template,
      title: found?.title ?? situation.outline.section.get(template)?.text ?? template,
      text: filled,
      at: maybeMoment(at),
      by: maybePerson(situation, by),
      channel,
    };
  });
}

export function incidentReports(situation: Situation): readonly IncidentReport[] {
  return situation.run.incidents.map((incident) => ({
    at: moment(incident.at),
    severity: incident.severity,
    text: incident.text,
    item: item(situation, incident.item),
    notified: incident.notified.map(({ who, level, at, acknowledged }) => ({
      who: personName(situation, who).name,
      level,
      at: maybeMoment(at),
      acknowledged: maybeMoment(acknowledged),
    })),
  }));
}

export function commandReports(situation: Situation): Report["commands"] {
  return situation.run.commands.map(({ command, by, at, ran, exit, output }) => ({
    command,
    by: maybePerson(situation, by),
    at: maybeMoment(at),
    ran,
    exit,
    output,
  }));
}

export function correctionReports(situation: Situation): readonly CorrectionReport[] {
  return situation.run.corrections.map((correction) => ({
    record: correction.record,
    pointer: correction.pointer,
    item: item(situation, correction.item),
    old: correction.old,
    new: correction.new,
    by: personName(situation, correction.by),
    at: moment(correction.at),
    reason: correction.reason,
  }));
}

export function evidenceReports(situation: Situation): readonly EvidenceReport[] {
  return situation.run.evidence.map(({ id, name, type, bytes, sha256, at, by, pair }) => {
    const checked = situation.facts.evidence;
    const kept = checked?.[id] ?? null;
    const differs = sha256 !== null && kept !== null && kept !== sha256;
    return {
      id,
      name,
      type,
      bytes,
      sha256: sha256 ?? kept,
      at: maybeMoment(at),
      by: maybePerson(situation, by),
      pair,
      items: situation.states
        .filter(({ settled }) => settled?.evidence.includes(id))
        .map((state) => itemName(state.item)),
      kept: checked === null ? "unchecked" : kept === null ? "missing" : differs ? "differs" : "matches",
    };
  });
}

/** Who led the deployment: the person of the field that says so, who held a leading role, or who closed the run. */
export function leadOf(situation: Situation): PersonName | null {
  const { run, checklist } = situation;
  const field = checklist.fields.find(
    ({ authority, type }) => type === "person" && authority === "deployment",
  );
  const named = field ? run.fields[field.id] : undefined;
  if (named !== undefined)
    return personName(
      situation,
      run.people.find(({ id, name }) => id === named || name === named)?.id ?? named,
    );
  const leading = run.people.find(
    ({ role }) => role !== null && /^(?:deployment|release) (?:lead|manager)$/i.test(role),
  );
  return maybePerson(situation, leading?.id ?? run.closed?.by ?? null);
}

export function answerReports({ checklist, run }: Situation): Report["answers"] {
  return checklist.questions.map(({ id, label }) => ({ id, label, answer: run.answers[id] ?? null }));
}

export function fieldReports(situation: Situation): Report["fields"] {
  const { checklist, run } = situation;
  return checklist.fields.map(({ id, label, type, required }) => ({
    id,
    label,
    value: shown(situation, type, run.fields[id] ?? null),
    required,
  }));
}

/** A person by name and a time as a clock shows it, as everywhere else in the report. */
function shown(situation: Situation, type: FieldType, value: string | null): string | null {
  if (value === null) return null;
  if (type === "person" && situation.run.people.some(({ id }) => id === value))
    return personName(situation, value).name;
  return type === "datetime" && parseInstant(value) ? showLocal(value) : value;
}
