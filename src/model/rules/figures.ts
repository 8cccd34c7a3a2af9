/** Rules about observed values and readings. */
import { minutesBetween, nanosBetween, nanosOf, sayMinutes } from "../duration.ts";
import { saySection, sayTime } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { isDue, spanOf } from "../judgement/times.ts";
import { judgeWaiver } from "../judgement/waivers.ts";
import { sayDuration, sayLimit } from "../say.ts";
import {
  about,
  answer,
  count,
  doneAt,
  type Found,
  inWords,
  lookedAt,
  type Rule,
  unlessAnswered,
} from "./rule.ts";

const measured = ["SOC 2 CC8.1", "SOC 2 CC7.1", "PCI DSS 6.5.1"];

/** Names the times between which a reading was left out: further apart than one and a half of the interval. */
function sayGaps(state: ItemState, every: string): string {
  const times = (state.settled?.readings ?? []).flatMap(({ at }) => at ?? []);
  const gaps = times.flatMap((at, index) => {
    const before = times[index - 1];
    if (before === undefined || nanosBetween(before, at) * 2n <= nanosOf(every) * 3n) return [];
    return [`from ${sayTime(before)} to ${sayTime(at)}`];
  });
  return gaps.length === 0 ? "" : `; none ${gaps.join(", ")}`;
}

function breaches(situation: Situation, claimed: boolean): readonly Found[] {
  return situation.states.flatMap((state) => {
    if (state.item.role === "triggers") return [];
    const said = state.settled?.status;
    const good = said === "passed" || said === "met" || said === "seen";
    if (good !== claimed || judgeWaiver(situation, state)?.valid) return [];
    return state.judged
      .filter(({ kind, verdict }) => kind === "limit" && verdict?.verdict === "breached")
      .map(({ limit, verdict }) => {
        const at = doneAt(state);
        const what = inWords(situation, [limit], verdict?.reason ?? "");
        const how = claimed ? `recorded as ${said}, but ` : "";
        const end = claimed ? "" : answer(situation, state.item, at);
        const severity = claimed ? {} : unlessAnswered(situation, state.item, at);
        return about(state, {
          reason: `${how}${what}${end}`,
          figures: [limit.text],
          ...severity,
        });
      });
  });
}

function shortItem(state: ItemState): readonly Found[] {
  const { dwell } = state.item;
  const result = state.settled?.result;
  if (dwell === null || !result?.started || !result.at) return [];
  if (nanosBetween(result.started, result.at) >= nanosOf(dwell)) return [];
  const spent = sayMinutes(minutesBetween(result.started, result.at));
  return [
    about(state, {
      reason: `${spent} instead of at least ${sayDuration(dwell)}`,
      figures: [spent],
    }),
  ];
}

function shortSections(situation: Situation): readonly Found[] {
  if (situation.turn || !situation.run.closed) return [];
  return situation.outline.sections.flatMap((section) => {
    const span = section.dwell === null ? null : spanOf(situation, section.id);
    if (section.dwell === null || !span?.start || !span.end) return [];
    if (nanosBetween(span.start, span.end) >= nanosOf(section.dwell)) return [];
    const spent = sayMinutes(minutesBetween(span.start, span.end));
    return [
      {
        reason: `${saySection(section)}: ${spent} instead of at least ${sayDuration(section.dwell)}`,
        times: [span.start, span.end],
        figures: [spent],
      },
    ];
  });
}

export const figureRules: readonly Rule[] = [
  {
    id: "limit-breached",
    severity: "blocker",
    serves: measured,
    says: "The last value observed breaches a limit, and the item is not claimed to have passed. Answered by a no-go or a rollback it is an exception.",
    find: (situation) => breaches(situation, false),
  },
  {
    id: "contradiction",
    severity: "blocker",
    serves: [...measured, "21 CFR 11.10(a)"],
    says: "An item is recorded as passed, met or seen although the value observed breaches its limit.",
    find: (situation) => breaches(situation, true),
  },
  {
    id: "recovered",
    severity: "exception",
    serves: measured,
    says: "A reading breached its limit or failed, and a later one was good again.",
    find: (situation) =>
      situation.states.flatMap((state) => {
        if (state.item.role === "triggers") return [];
        const limits = state.judged.filter(({ kind, verdict }) => kind === "limit" && verdict?.recovered);
        const readings = state.settled?.readings ?? [];
        const cured = state.status === "passed" && readings.some(({ status }) => status === "failed");
        if (limits.length === 0 && !cured) return [];
        const what = limits.map(({ limit }) => sayLimit(limit, situation.checklist.metrics)).join(", ");
        return [
          about(state, {
            reason: `an earlier reading was bad, a later one good${what === "" ? "" : ` (${what})`}`,
            figures: limits.map(({ limit }) => limit.text),
          }),
        ];
      }),
  },
  {
    id: "limit-not-observed",
    severity: "gap",
    serves: measured,
    says: "The value had to be written down (`observe: required`), and it was not.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        if (!state.item.observe || state.status === "failed") return [];
        const missing = state.judged
          .filter(({ kind, verdict }) => kind === "limit" && verdict === null)
          .map(({ limit }) => limit);
        const nothing = (state.settled?.observed.length ?? 0) === 0;
        if (missing.length === 0 && !nothing) return [];
        const said = missing.map((limit) => sayLimit(limit, situation.checklist.metrics));
        const what = missing.length > 0 ? ` of ${said.join(", ")}` : "";
        return [
          about(state, {
            reason: `no value${what} was written down`,
            figures: missing.map(({ text }) => text),
          }),
        ];
      }),
  },
  {
    id: "target-missed",
    severity: "note",
    serves: [],
    says: "A value holds its limit but misses its target.",
    find: (situation) =>
      situation.states.flatMap((state) =>
        state.judged
          .filter(({ kind, verdict }) => kind === "target" && verdict?.verdict === "breached")
          .map(({ limit, verdict }) =>
            about(state, {
              reason: `target missed, ${inWords(situation, [limit], verdict?.reason ?? "")}`,
              figures: [limit.text],
            }),
          ),
      ),
  },
  {
    id: "reading-missing",
    severity: "gap",
    serves: measured,
    says: "A repeated item has fewer readings than its interval and length ask for.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        const { repeat } = state.item;
        const readings = state.settled?.readings.length ?? 0;
        if (
          !repeat?.expected ||
          readings >= repeat.expected ||
          !(situation.run.closed || isDue(situation, state.due))
        )
          return [];
        if (situation.turn) return [];
        const every = `every ${sayDuration(repeat.every)}${repeat.for === null ? "" : ` for ${sayDuration(repeat.for)}`}`;
        return [
          about(state, {
            reason: `${count(readings, "reading")} of ${repeat.expected} (${every})${sayGaps(state, repeat.every)}`,
            figures: [`${readings}/${repeat.expected}`],
          }),
        ];
      }),
  },
  {
    id: "dwell-short",
    severity: "exception",
    serves: measured,
    says: "Less time was spent on an item, or in a section, than it asks for.",
    find: (situation) => [
      ...lookedAt(situation).flatMap((state) => shortItem(state)),
      ...shortSections(situation),
    ],
  },
];
