/** Rules about the order, the window and the length of what was done. */
import { addDuration, isLongerThan, minutesBetween, sayMinutes } from "../duration.ts";
import { compareInstants } from "../instant.ts";
import { sayItem, sayPerson, saySection, sayTime } from "../judgement/names.ts";
import { sayDuration } from "../say.ts";
import { about, count, done, doneAt, type Found, grouped, type Rule } from "./rule.ts";

const order = ["21 CFR 11.10(f)", "SOC 2 CC8.1"];

export const orderRules: readonly Rule[] = [
  {
    id: "out-of-order",
    severity: "exception",
    serves: order,
    says: "An item was done before one that it needs, or work began before the signature it waits for. Place in the document never counts.",
    find: (situation) => [
      ...done(situation).flatMap(({ state, at }) =>
        state.item.needs.flatMap((id) => {
          const needed = situation.state.get(id);
          const before = needed ? doneAt(needed) : null;
          if (
            !needed ||
            state.status !== "passed" ||
            needed.status === "not-selected" ||
            needed.status === "not-applicable"
          )
            return [];
          if (needed.status === "not-recorded")
            return [
              about(state, {
                reason: `done, but nothing is recorded of what it needs, ${sayItem(needed.item)}`,
                times: [at],
              }),
            ];
          if (before === null || compareInstants(at, before) >= 0) return [];
          return [
            about(state, {
              reason: `done at ${sayTime(at)}, before what it needs, ${sayItem(needed.item)} (${sayTime(before)})`,
              times: [at, before],
            }),
          ];
        }),
      ),
      ...situation.signing.flatMap(({ signoff, signature, span }): readonly Found[] => {
        if (signoff.before === null || signoff.meaning === "approval" || !signature?.at || !span?.start)
          return [];
        if (compareInstants(signature.at, span.start) <= 0) return [];
        return [
          {
            reason: `${signoff.role} signed for ${signoff.meaning} at ${sayTime(signature.at)}, what waits for it began at ${sayTime(span.start)}`,
            people: [signature.by],
            times: [signature.at, span.start],
          },
        ];
      }),
    ],
  },
  {
    id: "outside-window",
    severity: "exception",
    serves: ["SOC 2 CC8.1", "NIST SP 800-53 CM-3"],
    says: "Work of the change was done before the planned window opened or after it closed. A way back is not asked to wait.",
    find: (situation) => {
      const { plannedStart: opens, plannedEnd: closes } = situation.run.window;
      const outside = done(situation).filter(({ state, at }) => {
        const work =
          state.item.stage === "change" && state.item.role === "checks" && state.item.signs === null;
        return (
          work &&
          ((opens !== null && compareInstants(at, opens) < 0) ||
            (closes !== null && compareInstants(at, closes) > 0))
        );
      });
      return grouped(outside, ({ at }) =>
        opens !== null && compareInstants(at, opens) < 0 ? "before" : "after",
      ).map((group) => {
        const early = opens !== null && compareInstants(group[0]?.at ?? opens, opens) < 0;
        const edge = early
          ? `before the window opened at ${sayTime(opens)}`
          : `after the window closed at ${sayTime(closes)}`;
        return {
          reason: `${count(group.length, "item")} of the change done ${edge}`,
          items: group.map(({ state }) => state.item),
          people: group.map(({ state }) => state.settled?.result.by ?? null),
          times: group.map(({ at }) => at),
        };
      });
    },
  },
  {
    id: "over-duration",
    severity: "exception",
    serves: ["SOC 2 CC8.1"],
    says: "A section took longer than planned, by the times recorded for it.",
    find: (situation) =>
      situation.outline.sections.flatMap((section) => {
        const noted = situation.run.sections.find((entry) => entry.section === section.id);
        if (
          section.duration === null ||
          !noted?.start ||
          !noted.end ||
          !isLongerThan(noted.start, noted.end, section.duration)
        )
          return [];
        const took = sayMinutes(minutesBetween(noted.start, noted.end));
        return [
          {
            reason: `${saySection(section)}: took ${took}, planned were ${sayDuration(section.duration)}`,
            times: [noted.start, noted.end],
            figures: [took],
          },
        ];
      }),
  },
  {
    id: "escalation-late",
    severity: "exception",
    serves: ["SOC 2 CC7.4", "NIST SP 800-53 IR-6"],
    says: "A level of the escalation was told later than the checklist asks.",
    find: (situation) =>
      situation.run.incidents.flatMap((incident) =>
        incident.notified.flatMap(({ who, level, at }) => {
          const step = situation.checklist.escalation.find((entry) => entry.level === level);
          if (!step || at === null) return [];
          const latest = addDuration(incident.at, step.to ?? step.from);
          if (compareInstants(at, latest) <= 0) return [];
          return [
            {
              reason: `${sayPerson(situation, who)} (level ${level}) was told at ${sayTime(at)}, due ${sayTime(latest)}: ${incident.text}`,
              times: [incident.at, at, latest],
            },
          ];
        }),
      ),
  },
];
