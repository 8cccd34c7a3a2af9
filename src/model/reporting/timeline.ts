/** What happened when, beside what was planned: the entries of the report's timeline picture. */
import { compareInstants } from "../instant.ts";
import { maybeMoment, moment, personName, sayItem, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import { plannedStart, spanOf } from "../judgement/times.ts";
import type { TimelineEntry } from "../report.ts";
import { plannedEnd } from "./items.ts";

type Event = Omit<TimelineEntry, "start" | "end" | "plannedStart" | "plannedEnd" | "target"> & {
  readonly at: string | null;
  readonly target?: string | null;
};

/** Sorted by begin; sections carry their planned times and an end, everything else is a moment. */
export function timelineOf(situation: Situation): readonly TimelineEntry[] {
  const events = [...happened(situation), ...readings(situation), ...records(situation)].flatMap(
    ({ at, target, ...event }): readonly TimelineEntry[] =>
      at === null
        ? []
        : [
            {
              ...event,
              start: moment(at),
              end: null,
              plannedStart: null,
              plannedEnd: null,
              target: target ?? null,
            },
          ],
  );
  return [...sections(situation), ...events]
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => compareInstants(a.entry.start.at, b.entry.start.at) || a.index - b.index)
    .map(({ entry }) => entry);
}

function sections(situation: Situation): readonly TimelineEntry[] {
  const own = new Set(situation.outline.items.map(({ section }) => section));
  return situation.outline.sections.flatMap((section): readonly TimelineEntry[] => {
    const noted = situation.run.sections.some((entry) => entry.section === section.id);
    if (!noted && !own.has(section.id)) return [];
    const span = spanOf(situation, section.id);
    if (span.start === null) return [];
    return [
      {
        kind: "section",
        text: saySection(section),
        start: moment(span.start),
        end: maybeMoment(span.end),
        plannedStart: maybeMoment(plannedStart(situation, section)),
        plannedEnd: maybeMoment(plannedEnd(situation, section)),
        target: section.id,
      },
    ];
  });
}

function happened(situation: Situation): readonly Event[] {
  const { run } = situation;
  const name = (id: string | null): string => (id === null ? "" : ` by ${personName(situation, id).name}`);
  return [
    ...run.decisions.map(
      ({ decision, by, at, section }): Event => ({
        kind: "decision",
        text: `${decision}${name(by)}`,
        at,
        target: section,
      }),
    ),
    ...(run.rollback
      ? [
          {
            kind: "rollback",
            text: "rollback",
            at: run.rollback.at,
            target: run.rollback.paths[0] ?? null,
          } as const,
        ]
      : []),
    ...run.incidents.map(
      ({ at, text, severity, item }): Event => ({
        kind: "incident",
        text: severity === null ? text : `${severity}: ${text}`,
        at,
        target: item,
      }),
    ),
    ...run.signatures.map(
      ({ role, meaning, by, at }): Event => ({
        kind: "signature",
        text: `${role}${meaning === null ? "" : `, ${meaning}`}${name(by)}`,
        at,
      }),
    ),
    ...run.messages.map(
      ({ template, at, channel }): Event => ({
        kind: "message",
        text: channel === null ? template : `${template} to ${channel}`,
        at,
        target: null,
      }),
    ),
    ...run.handovers.map(
      ({ role, from, to, at }): Event => ({
        kind: "handover",
        text: `${role}: ${personName(situation, from).name} to ${personName(situation, to).name}`,
        at,
      }),
    ),
    ...(run.closed
      ? [{ kind: "close", text: `closed${name(run.closed.by)}`, at: run.closed.at } as const]
      : []),
  ];
}

/** Readings of repeated items, and values seen at other items. */
function readings(situation: Situation): readonly Event[] {
  return situation.states.flatMap(({ item, settled }) =>
    (settled?.observed ?? []).map(({ metric, value, unit, to, from }): Event => {
      const seen = `${value ?? "no value"}${unit === null || value === null ? "" : ` ${unit}`}`;
      return {
        kind: "reading",
        text: `${sayItem(item)}: ${metric === null ? "" : `${metric} `}${seen}`,
        at: to ?? from ?? settled?.result.at ?? null,
        target: item.id,
      };
    }),
  );
}

function records({ run }: Situation): readonly Event[] {
  return run.records.map(({ number, asOf, opens, closes, amends }): Event => {
    const what = [opens ? "opens" : "", amends ? "amends" : "", closes ? "closes" : ""].filter(
      (part) => part !== "",
    );
    return {
      kind: "record",
      text: `record ${number}${what.length > 0 ? ` (${what.join(", ")})` : ""}`,
      at: asOf,
    };
  });
}
