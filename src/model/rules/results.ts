/** Rules about what was recorded of each item. */
import { sayItem, sayPerson, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { judgeWaiver } from "../judgement/waivers.ts";
import {
  answer,
  because,
  count,
  doneAt,
  type Found,
  grouped,
  having,
  inWords,
  type Rule,
  unlessAnswered,
} from "./rule.ts";

/** What asks for every step of a change to be recorded. */
export const change = ["SOC 2 CC8.1", "NIST SP 800-53 CM-3", "ISO/IEC 27001 A.8.32"];
const testing = ["SOC 2 CC8.1", "PCI DSS 6.5.1", "ISO/IEC 27001 A.8.29"];

/** Items whose absence other rules name: signatures, ways back at the close, triggers at the close, what the close lists. */
function openItems(situation: Situation): readonly ItemState[] {
  const { run } = situation;
  const listed = new Set(run.closed?.open.map(({ item }) => item));
  return having(situation, "not-recorded").filter(({ item }) => {
    if (item.signs !== null || listed.has(item.id)) return false;
    return !run.closed || (item.role !== "contingency" && item.role !== "triggers");
  });
}

/** One finding a section: its items stand together. */
export function bySection(
  situation: Situation,
  states: readonly ItemState[],
  what: (size: number) => string,
): readonly Found[] {
  return grouped(states, ({ item }) => item.section).map((group) => {
    const section = situation.outline.section.get(group[0]?.item.section ?? "");
    return {
      reason: `${section ? saySection(section) : "Start"}: ${what(group.length)}`,
      items: group.map(({ item }) => item),
      times: [group.map(({ due }) => due).find((due) => due !== null) ?? null],
    };
  });
}

/** One finding an item, with who recorded it and when. */
export function eachState(
  states: readonly ItemState[],
  found: (state: ItemState) => Omit<Found, "items" | "people" | "times">,
): readonly Found[] {
  return states.map((state) => ({
    ...found(state),
    items: [state.item],
    people: [state.settled?.result.by ?? null],
    times: [doneAt(state)],
  }));
}

/** " by Ada: no time", as far as it is recorded. */
export function said(situation: Situation, state: ItemState): string {
  const result = state.settled?.result;
  const by = result?.by == null ? "" : ` by ${sayPerson(situation, result.by)}`;
  return `${by}${because(result?.reason ?? null)}`;
}

export const resultRules: readonly Rule[] = [
  {
    id: "not-recorded",
    severity: "gap",
    serves: change,
    says: "At the close nothing is recorded of an item that was due.",
    find: (situation) =>
      situation.run.closed
        ? bySection(
            situation,
            openItems(situation),
            (size) => `nothing is recorded of ${count(size, "item")}`,
          )
        : [],
  },
  {
    id: "overdue",
    severity: "gap",
    serves: change,
    says: "As of an open run's record an item is past its due time and nothing is recorded of it.",
    find: (situation) =>
      situation.run.closed
        ? []
        : bySection(
            situation,
            openItems(situation),
            (size) => `${count(size, "item")} overdue, nothing is recorded`,
          ),
  },
  {
    id: "failed",
    severity: "blocker",
    serves: testing,
    says: "An item failed, and no valid waiver covers it. Answered by a no-go or a rollback it is an exception.",
    find: (situation) => {
      const failed = having(situation, "failed").filter((state) => state.claimed === null);
      const open = failed.filter((state) => judgeWaiver(situation, state)?.valid !== true);
      return eachState(open, (state) => {
        const waiver = judgeWaiver(situation, state);
        const invalid = waiver ? `; the waiver does not count: ${waiver.why}` : "";
        const at = doneAt(state);
        return {
          reason: `${sayItem(state.item)}: failed${said(situation, state)}${invalid}${answer(situation, state.item, at)}`,
          ...unlessAnswered(situation, state.item, at),
        };
      });
    },
  },
  {
    id: "waived",
    severity: "exception",
    serves: [...change, "SOC 2 CC5.3"],
    says: "An item failed and was waived: before what waits for it, by a holder of a waiving role who did not do the work.",
    find: (situation) =>
      having(situation, "failed", "not-met").flatMap((state): readonly Found[] => {
        const waiver = judgeWaiver(situation, state);
        if (!waiver?.valid) return [];
        const { by, at, reason } = waiver.waiver;
        return [
          {
            reason: `${sayItem(state.item)}: failed and waived by ${sayPerson(situation, by)}: ${reason}`,
            items: [state.item],
            people: [by],
            times: [at],
          },
        ];
      }),
  },
  {
    id: "inconclusive",
    severity: "gap",
    serves: testing,
    says: "An item, or a value that its limit needs, is inconclusive: no value, no samples, no interval.",
    find: (situation) =>
      eachState(having(situation, "inconclusive"), (state) => {
        const unclear = state.judged.find(
          ({ kind, verdict }) => kind === "limit" && verdict?.verdict === "inconclusive",
        );
        const why = unclear?.verdict
          ? `: ${inWords(situation, [unclear.limit], unclear.verdict.reason)}`
          : said(situation, state);
        const claimed = state.claimed === null ? "" : `, though recorded as ${state.claimed}`;
        const at = doneAt(state);
        return {
          reason: `${sayItem(state.item)}: inconclusive${claimed}${why}${answer(situation, state.item, at)}`,
          figures: unclear ? [unclear.limit.text] : [],
          ...unlessAnswered(situation, state.item, at),
        };
      }),
  },
  {
    id: "blocked",
    severity: "gap",
    serves: testing,
    says: "An item could not be done because something stood in the way.",
    find: (situation) =>
      eachState(having(situation, "blocked"), (state) => {
        const at = doneAt(state);
        return {
          reason: `${sayItem(state.item)}: blocked${said(situation, state)}${answer(situation, state.item, at)}`,
          ...unlessAnswered(situation, state.item, at),
        };
      }),
  },
  {
    id: "mandatory-not-passed",
    severity: "blocker",
    serves: [...change, "21 CFR 11.10(f)"],
    says: "An item that allows no waiver, no skip and no not-applicable was recorded as something else than passed.",
    find: (situation) =>
      eachState(
        having(situation, "failed", "not-met", "inconclusive", "blocked", "skipped", "not-applicable").filter(
          ({ item }) => item.mandatory && item.role !== "decision",
        ),
        (state) => ({
          reason: `${sayItem(state.item)}: mandatory, but ${state.status}${said(situation, state)}${answer(situation, state.item, doneAt(state))}`,
          ...unlessAnswered(situation, state.item, doneAt(state)),
        }),
      ),
  },
  {
    id: "retried",
    severity: "exception",
    serves: testing,
    says: "An item took several tries; the last one counts, all are shown.",
    find: (situation) =>
      eachState(
        situation.states.filter(({ settled }) => (settled?.attempts.length ?? 0) > 0),
        (state) => {
          const tries = state.settled?.attempts ?? [];
          const before = tries.map(({ status }) => status ?? "not recorded").join(", ");
          return {
            reason: `${sayItem(state.item)}: ${state.status} after ${count(tries.length, "earlier try").replace("trys", "tries")} (${before})`,
          };
        },
      ),
  },
  {
    id: "derived-contradiction",
    severity: "exception",
    serves: testing,
    says: "The record gives an item that follows from others a better status than they have.",
    find: (situation) =>
      eachState(
        situation.states.filter(
          ({ item, claimed, status }) =>
            item.derived !== null &&
            (claimed === "passed" || claimed === "met") &&
            status !== "passed" &&
            status !== "met",
        ),
        (state) => ({
          reason: `${sayItem(state.item)}: recorded as ${state.claimed}, but what it follows from is ${state.status}`,
        }),
      ),
  },
];
