/** Rules about observed values, evidence and readings. */

import { minutesBetween, nanosBetween, nanosOf, sayMinutes } from "../duration.ts";
import { sayItem, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { isDue, spanOf } from "../judgement/times.ts";
import { judgeWaiver } from "../judgement/waivers.ts";
import { sayDuration } from "../say.ts";
import { answer, count, doneAt, type Found, type Rule, unlessAnswered } from "./rule.ts";

const measured = ["SOC 2 CC8.1", "SOC 2 CC7.1", "PCI DSS 6.5.1"];
const recorded = ["NIST SP 800-53 AU-3", "21 CFR 11.10(e)", "SOC 2 CC8.1"];
/** What was looked at and answered; the rest says that nothing was done. */
const looked: ReadonlySet<string> = new Set([
  "passed",
  "met",
  "failed",
  "not-met",
  "fired",
  "inconclusive",
  "seen",
]);

function about(state: ItemState, found: Omit<Found, "items" | "people" | "times">): Found {
  return {
    ...found,
    items: [state.item],
    people: [state.settled?.result.by ?? null],
    times: [doneAt(state)],
  };
}

/** What was recorded of an item that counts and says that somebody looked. */
function lookedAt(situation: Situation): readonly ItemState[] {
  return situation.states.filter(
    ({ item, settled, status }) => item.derived === null && settled !== null && looked.has(status),
  );
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
        const how = claimed ? `recorded as ${said}, but ` : "";
        const end = claimed ? "" : answer(situation, state.item, at);
        const severity = claimed ? {} : unlessAnswered(situation, state.item, at);
        return about(state, {
          reason: `${sayItem(state.item)}: ${how}${verdict?.reason}${end}`,
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
      reason: `${sayItem(state.item)}: ${spent} instead of at least ${sayDuration(dwell)}`,
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
        const what = limits.map(({ limit }) => limit.text).join(", ");
        return [
          about(state, {
            reason: `${sayItem(state.item)}: an earlier reading was bad, a later one good${what === "" ? "" : ` (${what})`}`,
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
          .map(({ limit }) => limit.text);
        const nothing = (state.settled?.observed.length ?? 0) === 0;
        if (missing.length === 0 && !nothing) return [];
        const what = missing.length > 0 ? ` of ${missing.join(", ")}` : "";
        return [
          about(state, {
            reason: `${sayItem(state.item)}: no value${what} was written down`,
            figures: missing,
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
              reason: `${sayItem(state.item)}: target missed, ${verdict?.reason}`,
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
            reason: `${sayItem(state.item)}: ${count(readings, "reading")} of ${repeat.expected} (${every})`,
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
  {
    id: "evidence-missing",
    severity: "gap",
    serves: recorded,
    says: "Evidence had to be attached and is not there, or was listed and its file is not kept.",
    find: (situation) => [
      ...lookedAt(situation)
        .filter(({ item, settled }) => item.evidence && settled?.evidence.length === 0)
        .map((state) =>
          about(state, { reason: `${sayItem(state.item)}: evidence is required, none is attached` }),
        ),
      ...situation.run.evidence
        .filter(({ id }) => situation.facts.evidence !== null && situation.facts.evidence[id] == null)
        .map(({ id, name, by, at }) => ({
          reason: `the evidence ${id} (${name}) is listed, but its file is not kept`,
          items: situation.states
            .filter(({ settled }) => settled?.evidence.includes(id))
            .map(({ item }) => item),
          people: [by],
          times: [at],
        })),
    ],
  },
  {
    id: "evidence-digest",
    severity: "blocker",
    serves: [...recorded, "21 CFR 11.10(c)"],
    says: "The file that is kept as evidence is not the one that the record names.",
    find: ({ run, facts, states }) =>
      run.evidence.flatMap(({ id, name, sha256, by, at }) => {
        const kept = facts.evidence?.[id] ?? null;
        if (kept === null || sha256 === null || kept === sha256) return [];
        return [
          {
            reason: `the evidence ${id} (${name}) has the digest ${kept}, the record names ${sha256}`,
            items: states.filter(({ settled }) => settled?.evidence.includes(id)).map(({ item }) => item),
            people: [by],
            times: [at],
          },
        ];
      }),
  },
  {
    id: "capture-missing",
    severity: "gap",
    serves: recorded,
    says: "A required blank of an item, such as a location or a link, was left empty.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        const filled = state.settled?.result.captures ?? {};
        const missing = state.item.captures.filter(
          ({ id, required }) => required && (filled[id] ?? "").trim() === "",
        );
        if (missing.length === 0 || state.status === "failed") return [];
        return [
          about(state, {
            reason: `${sayItem(state.item)}: ${missing.map(({ label }) => label).join(", ")} left empty`,
          }),
        ];
      }),
  },
  {
    id: "witness-missing",
    severity: "gap",
    serves: ["NIST SP 800-53 AC-5", "SOC 2 CC8.1"],
    says: "A second person had to watch, and nobody is named, or the same person is.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        const result = state.settled?.result;
        if (!state.item.witness || (result?.witness != null && result.witness !== result.by)) return [];
        return [
          about(state, {
            reason: `${sayItem(state.item)}: ${result?.witness == null ? "no witness is named" : "the witness is whoever did it"}`,
          }),
        ];
      }),
  },
];
