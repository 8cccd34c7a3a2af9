/** Rules about what the run is bound to: versions, corrections, what the close leaves open, what is carried. */
import { addDuration } from "../duration.ts";
import { compareInstants, utcDay } from "../instant.ts";
import { sayItem, sayPerson, sayTime } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import { currentVersion, standingOf } from "../version.ts";
import { count, type Found, having, type Rule } from "./rule.ts";

const controlled = ["NIST SP 800-53 CM-3", "21 CFR 11.10(k)", "ISO 9001 7.5.3"];
const trail = ["21 CFR 11.10(e)", "EU GMP Annex 11 §9", "NIST SP 800-53 AU-10"];

/** "production", "prod-eu", "Live 2", and not "pre-production" or "non_prod". */
function isProduction(environment: string): boolean {
  const words = environment.toLowerCase().split(/[^a-z]+/);
  return words.some(
    (word, at) =>
      (word === "production" || word === "prod" || word === "live") &&
      !["pre", "non", "not"].includes(words[at - 1] ?? ""),
  );
}

function opening({
  facts,
  checklist,
  opening: at,
}: Situation): { readonly standing: string; readonly day: string } | null {
  if (facts.lock === null) return null;
  const day = utcDay(at);
  return { standing: standingOf(facts.lock, checklist.id, checklist.version, day), day };
}

/** What the close leaves open, and follow-ups that nobody owns. */
function openAtClose(situation: Situation): readonly Found[] {
  const { closed } = situation.run;
  if (!closed) return [];
  const listed = closed.open.flatMap((entry): readonly Found[] => {
    const state = situation.state.get(entry.item);
    if (!state || (state.status !== "not-recorded" && state.status !== "not-due")) return [];
    const missing = (["reason", "owner", "due"] as const).filter((key) => entry[key] === null);
    const who = entry.owner === null ? "" : `, owner ${sayPerson(situation, entry.owner)}`;
    const until = entry.due === null ? "" : `, due ${entry.due}`;
    if (missing.length > 0)
      return [
        {
          reason: `${sayItem(state.item)}: left open at the close without ${missing.join(" and ")}`,
          items: [state.item],
          times: [closed.at],
        },
      ];
    const severity = state.status === "not-due" ? ("note" as const) : ("exception" as const);
    return [
      {
        reason: `${sayItem(state.item)}: left open at the close: ${entry.reason}${who}${until}`,
        items: [state.item],
        times: [closed.at],
        severity,
      },
    ];
  });
  const owned = new Set(closed.open.map(({ item }) => item));
  const loose = situation.states.filter(
    ({ item, status, due }) =>
      item.role === "follow-up" &&
      item.derived === null &&
      status === "not-due" &&
      !owned.has(item.id) &&
      !item.optional &&
      (item.owner === null || due === null),
  );
  if (loose.length === 0) return listed;
  return [
    ...listed,
    {
      reason: `${count(loose.length, "follow-up item")} left open without owner and date`,
      items: loose.map(({ item }) => item),
      times: [closed.at],
      severity: "exception",
    },
  ];
}

export const standingRules: readonly Rule[] = [
  {
    id: "version-not-released",
    severity: "blocker",
    serves: controlled,
    says: "A production run used a version that was not released, or was withdrawn, when the run opened. Elsewhere it is a note.",
    find: (situation) => {
      const found = opening(situation);
      if (found?.standing !== "draft" && found?.standing !== "withdrawn") return [];
      const { id, version } = situation.checklist;
      const live = isProduction(situation.run.deployment.environment);
      const what = found.standing === "draft" ? "was not released" : "was withdrawn";
      return [
        {
          reason: `${id} ${version} ${what} on ${found.day}, when the run opened`,
          times: [situation.opening],
          ...(live ? {} : { severity: "note" as const }),
        },
      ];
    },
  },
  {
    id: "version-superseded",
    severity: "exception",
    serves: controlled,
    says: "When the run opened, a newer version was in force.",
    find: (situation) => {
      const found = opening(situation);
      if (found?.standing !== "superseded" || situation.facts.lock === null) return [];
      const { id, version } = situation.checklist;
      const newer = currentVersion(situation.facts.lock, id, found.day);
      return [
        {
          reason: `${id} ${version} was superseded by ${newer} on ${found.day}, when the run opened`,
          times: [situation.opening],
          figures: newer === null ? [] : [newer],
        },
      ];
    },
  },
  {
    id: "corrected",
    severity: "exception",
    serves: trail,
    says: "What was recorded was corrected by an amendment; old and new value, who, when and why are kept.",
    find: (situation) =>
      situation.run.corrections.map(({ pointer, old, new: now, by, at, reason, item }) => {
        const named = item === null ? undefined : situation.outline.item.get(item);
        return {
          reason: `${pointer} corrected from '${old ?? "nothing"}' to '${now ?? "nothing"}': ${reason}`,
          items: named ? [named] : [],
          people: [by],
          times: [at],
        };
      }),
  },
  {
    id: "open-at-close",
    severity: "gap",
    serves: ["SOC 2 CC8.1"],
    says: "The close left an item open without reason, owner or date. With all three it is an exception, and a note while it is not due.",
    find: openAtClose,
  },
  {
    id: "carried",
    severity: "note",
    serves: ["SOC 2 CC8.1"],
    says: "A result of an earlier run still stands and was carried over.",
    find: (situation) =>
      having(situation, "carried").map(({ item, carried }) => ({
        reason: `${sayItem(item)}: carried from the run ${carried?.run}`,
        items: [item],
        people: [carried?.by ?? null],
        times: [carried?.at ?? null],
      })),
  },
  {
    id: "standing-expired",
    severity: "exception",
    serves: ["SOC 2 CC8.1"],
    says: "A result of an earlier run would have been carried over, but its time had run out.",
    find: (situation) =>
      situation.states.flatMap(({ item, carried, settled, status }) => {
        // While it is not due, it may still be done anew.
        if (!carried || item.standing === null || settled || status === "not-due") return [];
        const until = addDuration(carried.at, item.standing);
        if (compareInstants(until, situation.opening) >= 0) return [];
        return [
          {
            reason: `${sayItem(item)}: done in the run ${carried.run}, stood until ${sayTime(until)}`,
            items: [item],
            times: [carried.at, until],
          },
        ];
      }),
  },
];
