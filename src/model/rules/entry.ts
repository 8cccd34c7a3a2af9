/** Rules about how times were noted, typed in and received. */
import { addDuration, isLongerThan, minutesBetween, nanosBetween, sayMinutes } from "../duration.ts";
import { compareInstants } from "../instant.ts";
import { isSamePerson } from "../judgement/identity.ts";
import { sayPerson, sayTime } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { RunResult } from "../result.ts";
import { sayDuration } from "../say.ts";
import { about, count, done, type Found, grouped, type Rule } from "./rule.ts";

const times = ["NIST SP 800-53 AU-8", "21 CFR 11.10(e)", "EU GMP Annex 11 §9"];
const MINUTE = 60_000_000_000n;

/** Did this result come in on paper? Then who typed it in and who compared it is asked for, not when. */
function onPaper({ run }: Situation, result: RunResult): boolean {
  return run.records[result.record - 1]?.source?.kind === "paper";
}

function lateEntries(situation: Situation): readonly Found[] {
  const { lateEntry } = situation.policy.thresholds;
  const late = situation.states.flatMap(({ item, settled }) =>
    (settled ? [settled.result, ...settled.observers, ...settled.readings] : [])
      .filter((result, index, all) => all.indexOf(result) === index && !onPaper(situation, result))
      .filter(
        ({ at, enteredAt }) => at !== null && enteredAt !== null && isLongerThan(at, enteredAt, lateEntry),
      )
      .map((result) => ({ item, result })),
  );
  return grouped(late, ({ result }) => `${result.record} ${result.by}`).map((group): Found => {
    const longest = Math.max(
      ...group.map(({ result }) => minutesBetween(result.at ?? "", result.enteredAt ?? "")),
    );
    const { by, record } = group[0]?.result ?? { by: null, record: 0 };
    return {
      reason: `record ${record}: ${count(group.length, "result")}${by === null ? "" : ` by ${sayPerson(situation, by)}`} entered up to ${sayMinutes(longest)} after done (late after ${sayDuration(lateEntry)})`,
      items: group.map(({ item }) => item),
      people: [by],
      times: group.flatMap(({ result }) => [result.at, result.enteredAt]),
      figures: [sayMinutes(longest)],
    };
  });
}

/** Records without times of entry: how late they came is known, how late each result was noted is not. */
function lateRecords({ run, policy }: Situation): readonly Found[] {
  return run.records.flatMap(({ number, asOf, receivedAt, source }) => {
    if (
      receivedAt === null ||
      source?.kind === "paper" ||
      !isLongerThan(asOf, receivedAt, policy.thresholds.lateEntry)
    )
      return [];
    const entered = run.results.some((result) => result.record === number && result.enteredAt !== null);
    if (entered) return [];
    const after = sayMinutes(minutesBetween(asOf, receivedAt));
    return [
      {
        reason: `record ${number} was received ${after} after what it is as of; when its results were entered is not recorded`,
        times: [asOf, receivedAt],
        severity: "note" as const,
      },
    ];
  });
}

interface Backwards {
  readonly what: string;
  readonly first: string | null;
  readonly second: string | null;
}

function impossible(situation: Situation): readonly Found[] {
  const { run } = situation;
  const spans: readonly Backwards[] = [
    { what: "the window ends before it begins", first: run.window.start, second: run.window.end },
    {
      what: "the planned window ends before it begins",
      first: run.window.plannedStart,
      second: run.window.plannedEnd,
    },
    ...run.sections.map(({ section, start, end }) => ({
      what: `the section ${section} ends before it begins`,
      first: start,
      second: end,
    })),
    ...run.incidents.flatMap(({ at, notified }) =>
      notified.map((entry) => ({
        what: `${entry.who} was told before the incident`,
        first: at,
        second: entry.at,
      })),
    ),
    ...run.incidents.flatMap(({ notified }) =>
      notified.map((entry) => ({
        what: `${entry.who} answered before being told`,
        first: entry.at,
        second: entry.acknowledged,
      })),
    ),
    {
      what: "the run was closed before the change ended",
      first: run.window.end,
      second: run.closed?.at ?? null,
    },
  ];
  const found = spans
    .filter(({ first, second }) => isBackwards(first, second))
    .map(({ what, first, second }) => ({
      reason: `${what}: ${sayTime(first)}, ${sayTime(second)}`,
      times: [first, second],
    }));
  const results = situation.states.flatMap((state) => {
    const all = state.settled
      ? [state.settled.result, ...state.settled.observers, ...state.settled.readings]
      : [];
    const times = [...new Set(all)].flatMap(({ attempts, at }): readonly Backwards[] =>
      attempts.map((attempt) => ({
        what: "an earlier try is later than the last one",
        first: attempt.at,
        second: at,
      })),
    );
    const spans = [...new Set(all)].flatMap(({ started, at, enteredAt, observed }): readonly Backwards[] => [
      { what: "done before it was begun", first: started, second: at },
      { what: "entered before it was done", first: at, second: enteredAt },
      ...observed.map(({ from, to }) => ({
        what: "an interval ends before it begins",
        first: from,
        second: to,
      })),
    ]);
    return [...times, ...spans]
      .filter(({ first, second }) => isBackwards(first, second))
      .map(({ what, first, second }) =>
        about(state, { reason: `${what} (${sayTime(first)}, ${sayTime(second)})`, times: [first, second] }),
      );
  });
  return [...found, ...results];
}

function isBackwards(first: string | null, second: string | null): boolean {
  return first !== null && second !== null && compareInstants(second, first) < 0;
}

function bulkTicks(situation: Situation): readonly Found[] {
  const least = situation.policy.thresholds.bulkTick;
  const ticks = done(situation).filter(
    ({ state }) => state.settled?.result.by != null && state.settled.result.method !== "test",
  );
  return grouped(ticks, ({ state }) => state.settled?.result.by ?? "").flatMap((group) => {
    const sorted = [...group].sort((a, b) => compareInstants(a.at, b.at));
    let from = 0;
    for (const [to, tick] of sorted.entries()) {
      while (nanosBetween(sorted[from]?.at ?? tick.at, tick.at) >= MINUTE) from += 1;
      if (to - from + 1 < least) continue;
      const start = sorted[from]?.at ?? tick.at;
      const within = sorted.filter(
        ({ at }) => compareInstants(at, start) >= 0 && nanosBetween(start, at) < MINUTE,
      );
      const by = tick.state.settled?.result.by ?? null;
      return [
        {
          reason: `${count(within.length, "item")} ticked by ${sayPerson(situation, by)} within a minute`,
          items: within.map(({ state }) => state.item),
          people: [by],
          times: [start],
          figures: [String(within.length)],
        },
      ];
    }
    return [];
  });
}

export const entryRules: readonly Rule[] = [
  {
    id: "late-entry",
    severity: "exception",
    serves: times,
    says: "Results were entered long after they were done. Paper is transcribed instead, and checked by a second person.",
    find: (situation) => [...lateEntries(situation), ...lateRecords(situation)],
  },
  {
    id: "transcription-unchecked",
    severity: "exception",
    serves: ["EU GMP Annex 11 §6", "21 CFR 11.10(e)"],
    says: "A sheet was typed in, and nobody else compared the record with it.",
    find: (situation) =>
      situation.run.records.flatMap(({ number, source }) => {
        if (source?.kind !== "paper") return [];
        const same = isSamePerson(situation, source.checkedBy, source.transcribedBy);
        if (source.checkedBy !== null && !same) return [];
        return [
          {
            reason: `record ${number} was typed in from paper, ${same ? "checked by the person who typed it" : "checked by nobody"}`,
            people: [source.transcribedBy],
          },
        ];
      }),
  },
  {
    id: "impossible-time",
    severity: "exception",
    serves: times,
    says: "Two times cannot both be right: something ended before it began, or was entered before it was done.",
    find: impossible,
  },
  {
    id: "future-time",
    severity: "exception",
    serves: times,
    says: "A record claims a time later than the moment it was received.",
    find: ({ run }) =>
      run.records.flatMap(({ number, asOf, receivedAt }) => {
        // Clocks differ by seconds; five minutes is not a difference of clocks.
        if (receivedAt === null || compareInstants(asOf, addDuration(receivedAt, "PT5M")) <= 0) return [];
        return [
          {
            reason: `record ${number} is as of ${sayTime(asOf)}, but was received at ${sayTime(receivedAt)}`,
            times: [asOf, receivedAt],
          },
        ];
      }),
  },
  {
    id: "bulk-tick",
    severity: "exception",
    serves: times,
    says: "One person ticked many items within a minute (tests excepted).",
    find: bulkTicks,
  },
];
