/**
 * Judges a run against the checklist it names: pure, as of its last record, by one array of rules. No clock, no
 * disk, no chance: the same values give the same report, byte for byte.
 */
import { assemble } from "./assemble.ts";
import { compareInstants } from "./instant.ts";
import type { Case } from "./judgement/frame.ts";
import { itemName, maybeMoment, moment, personName } from "./judgement/names.ts";
import { type Situation, situationOf } from "./judgement/situation.ts";
import type { NextDue, OpenAction, Report } from "./report.ts";
import { completenessOf } from "./reporting/completeness.ts";
import { countsOf } from "./reporting/counts.ts";
import { departuresOf, factsOf } from "./reporting/facts.ts";
import { itemReports, limitTable, sectionReports } from "./reporting/items.ts";
import { derivationOf, findingOf, headlineOf, outcomeOf, stageOf } from "./reporting/outcome.ts";
import { signatureReports } from "./reporting/signatures.ts";
import {
  answerReports,
  changeReport,
  commandReports,
  correctionReports,
  decisionReports,
  evidenceReports,
  fieldReports,
  incidentReports,
  leadOf,
  messageReports,
  rollbackReport,
} from "./reporting/story.ts";
import { timelineOf } from "./reporting/timeline.ts";
import { rulesVersion } from "./rules.ts";

/** What is judged, and up to which record of the chain; without `through` the whole of it. */
export interface Judging extends Case {
  readonly through?: number;
}

export function judge({ checklist, run, facts, policy, through }: Judging): Report {
  const situation = situationOf({ checklist, run: upTo(run, through), facts, policy });
  const found = factsOf(situation);
  const exceptions = found.filter(({ severity }) => severity !== "note");
  const notes = found.filter(({ severity }) => severity === "note");
  const counts = countsOf(situation, situation.states);
  const due = nextDue(situation);
  return {
    schema: "countersign/report@1",
    rules: rulesVersion,
    ...headOf(situation),
    outcome: outcomeOf(situation),
    finding: findingOf(found),
    headline: headlineOf(situation, counts, found, due[0]),
    derivation: derivationOf(situation, found),
    stage: stageOf(situation),
    due,
    actions: openActions(situation),
    deployment: situation.run.deployment,
    change: changeReport(situation),
    window: windowOf(situation),
    lead: leadOf(situation),
    counts,
    sections: sectionReports(situation),
    items: itemReports(situation, exceptions, notes),
    exceptions,
    notes,
    undispositioned: exceptions.filter(({ disposition }) => disposition === null).length,
    limits: limitTable(situation),
    decisions: decisionReports(situation),
    rollback: rollbackReport(situation),
    signatures: signatureReports(situation),
    timeline: timelineOf(situation),
    messages: messageReports(situation),
    incidents: incidentReports(situation),
    commands: commandReports(situation),
    review: situation.run.review
      ? { ...situation.run.review, at: maybeMoment(situation.run.review.at) }
      : null,
    people: situation.run.people.map(({ id }) => personName(situation, id)),
    handovers: situation.run.handovers.map(({ role, from, to, at }) => ({
      role,
      from: personName(situation, from),
      to: personName(situation, to),
      at: moment(at),
    })),
    answers: answerReports(situation),
    fields: fieldReports(situation),
    corrections: correctionReports(situation),
    evidence: evidenceReports(situation),
    completeness: completenessOf(situation),
    departures: departuresOf(policy),
    policy,
    provenance: provenanceOf(situation),
  };
}

/** The run as it was after a record: what later ones added is not there. */
function upTo(run: Case["run"], through: number | undefined): Case["run"] {
  if (through === undefined || through === run.records.length) return run;
  if (!Number.isInteger(through) || through < 1 || through > run.records.length) {
    throw new RangeError(`the run has records 1 to ${run.records.length}, not ${through}`);
  }
  const assembly = assemble(run.chain.slice(0, through));
  if ("faults" in assembly) throw new Error("a chain that holds together does so up to each of its records");
  return assembly.run;
}

function headOf({
  checklist,
  run,
  asOf,
}: Situation): Pick<Report, "run" | "number" | "interim" | "asOf" | "checklist"> {
  const { product } = checklist;
  return {
    run: run.id,
    number: run.records.length,
    interim: run.closed === null,
    asOf: moment(asOf),
    checklist: {
      id: checklist.id,
      version: checklist.version,
      title: checklist.title,
      digest: checklist.digest,
      // The version that is deployed, which may be another than the checklist was written for.
      product: product
        ? [product.name, run.deployment.to ?? product.version].filter((part) => part !== null).join(" ")
        : null,
    },
  };
}

function windowOf({ run: { window } }: Situation): Report["window"] {
  return {
    plannedStart: maybeMoment(window.plannedStart),
    plannedEnd: maybeMoment(window.plannedEnd),
    start: maybeMoment(window.start),
    end: maybeMoment(window.end),
  };
}

/** What is due next, soonest first, then in document order. */
function nextDue({ states, run }: Situation): readonly NextDue[] {
  if (run.closed) return [];
  return states
    .flatMap(({ item, status, due }) =>
      item.derived === null && status === "not-due" && due !== null ? [{ item, due }] : [],
    )
    .map((entry, index) => ({ ...entry, index }))
    .sort((a, b) => compareInstants(a.due, b.due) || a.index - b.index)
    .map(({ item, due }) => ({ item: itemName(item), owner: item.owner, due: moment(due) }));
}

/** Work that outlives a closed run: what its close left open, and follow-ups. */
function openActions(situation: Situation): readonly OpenAction[] {
  const { states, run } = situation;
  if (!run.closed) return [];
  const listed = new Map(run.closed.open.map((entry) => [entry.item, entry]));
  return states
    .filter(
      ({ item, status }) =>
        item.derived === null && (status === "not-due" || (status === "not-recorded" && listed.has(item.id))),
    )
    .map(({ item, due }) => {
      const entry = listed.get(item.id);
      return {
        item: itemName(item),
        owner: entry?.owner == null ? item.owner : personName(situation, entry.owner).name,
        due: entry?.due ?? due,
        reason: entry?.reason ?? null,
      };
    });
}

function provenanceOf({ checklist, run, facts }: Situation): Report["provenance"] {
  return {
    checklistDigest: checklist.digest,
    rosterDigest: facts.rosterDigest,
    records: run.records.map(({ number, asOf, receivedAt, digest, source }) => ({
      number,
      asOf: moment(asOf),
      receivedAt: maybeMoment(receivedAt),
      digest,
      source: source?.kind ?? null,
    })),
    tool: facts.tool,
    schema: "countersign/run@1",
  };
}
