/** What a rule of the judge is: a name, how bad it is, what it serves, and a pure function that finds. */
import type { Item } from "../checklist.ts";
import { compareInstants } from "../instant.ts";
import { sayItem } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import type { Limit } from "../limit.ts";
import { sayLimit } from "../say.ts";
import type { Severity } from "../site.schema.ts";

/** What a rule found, before names are put to it. */
export interface Found {
  /** One sentence without its full stop: what, who, when, which figures. */
  readonly reason: string;
  readonly items?: readonly Item[];
  /** Ids of people; null is left out. */
  readonly people?: readonly (string | null)[];
  /** RFC 3339; null is left out. */
  readonly times?: readonly (string | null)[];
  readonly figures?: readonly string[];
  /** Where this finding weighs less than its rule usually does. */
  readonly severity?: Severity;
}

export interface Rule {
  /** Name in reports, dispositions and `site.yaml`. */
  readonly id: string;
  /** Severity where `site.yaml` says nothing. */
  readonly severity: Severity;
  /** Requirements that it supports; reports print "supports …", never "complies". */
  readonly serves: readonly string[];
  /** When it fires, in one sentence, for the documentation. */
  readonly says: string;
  readonly find: (situation: Situation) => readonly Found[];
}

/** " (reason)", or nothing. */
export function because(reason: string | null): string {
  return reason === null ? "" : `: ${reason}`;
}

/**
 * Was what came up at `at` answered by stopping or turning back? Honesty is not punished: a failure that led to
 * a no-go or a rollback is shown, but it is no fault of a run that took the right way. Steps of the way back,
 * and what came up after the decision, are not answered by it.
 */
export function answered(situation: Situation, item: Item, at: string | null): boolean {
  const { turn } = situation;
  if (!turn || item.role === "contingency") return false;
  return turn.at === null || at === null || compareInstants(at, turn.at) <= 0;
}

/** The severity of something that the stop or the rollback answered; nothing where it was not. */
export function unlessAnswered(
  situation: Situation,
  item: Item,
  at: string | null,
): { readonly severity?: Severity } {
  return answered(situation, item, at) ? { severity: "exception" } : {};
}

/** " (answered by the rollback)", or nothing. */
export function answer(situation: Situation, item: Item, at: string | null): string {
  if (!answered(situation, item, at)) return "";
  return situation.turn?.kind === "stop" ? "; the run was stopped" : "; the run turned back";
}

/** When the result that counts was recorded as done. */
export function doneAt(state: ItemState): string | null {
  return state.settled?.result.at ?? null;
}

/** Says a limit by the name of its metric, where a reason quotes it as it was written. */
export function inWords({ checklist }: Situation, limits: readonly Limit[], reason: string): string {
  return limits.reduce(
    (said, limit) => said.replaceAll(limit.text, () => sayLimit(limit, checklist.metrics)),
    reason,
  );
}

/** States of one status, or of several. */
export function having(
  { states }: Situation,
  ...statuses: readonly ItemState["status"][]
): readonly ItemState[] {
  return states.filter(({ item, status }) => item.derived === null && statuses.includes(status));
}

/** What is found about one item: its name stands before the reason, who recorded it and when beside it. */
export function about(state: ItemState, found: Omit<Found, "items" | "people">): Found {
  const reason = `${sayItem(state.item)}: ${found.reason}`;
  return {
    times: [doneAt(state)],
    ...found,
    reason,
    items: [state.item],
    people: [state.settled?.result.by ?? null],
  };
}

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

/** What was recorded of an item that counts and says that somebody looked. */
export function lookedAt({ states }: Situation): readonly ItemState[] {
  return states.filter(
    ({ item, settled, status }) => item.derived === null && settled !== null && looked.has(status),
  );
}

/** Items that were recorded as done at a time. */
export function done({ states }: Situation): readonly { readonly state: ItemState; readonly at: string }[] {
  return states.flatMap((state) => {
    const at = doneAt(state);
    return at === null || state.item.derived !== null ? [] : [{ state, at }];
  });
}

/** Groups in the order of first appearance. */
export function grouped<T>(values: readonly T[], key: (value: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const known = groups.get(key(value));
    if (known) known.push(value);
    else groups.set(key(value), [value]);
  }
  return [...groups.values()];
}

/** "1 item", "7 items". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
