/** Counts per status: every item that is not derived exactly once, so that they add up. */
import { type Counts, type ItemStatus, itemStatuses } from "../itemreport.ts";
import { isGood } from "../judgement/deciding.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";

/** What nobody has to do, or not yet: it counts neither as passed nor as open. */
export const apart: readonly ItemStatus[] = [
  "carried",
  "not-due",
  "not-selected",
  "not-needed",
  "not-reached",
  "not-done",
];

export function countsOf(situation: Situation, states: readonly ItemState[]): Counts {
  const counted = states.filter(({ item }) => item.derived === null);
  const due = counted.filter(({ status }) => !apart.includes(status));
  return {
    total: counted.length,
    due: due.length,
    passed: due.filter((state) => isGood(situation, state)).length,
    byStatus: itemStatuses.flatMap((status) => {
      const of = counted.filter((state) => state.status === status);
      const good = of.filter((state) => isGood(situation, state)).length;
      return of.length === 0 ? [] : [{ status, count: of.length, good }];
    }),
  };
}

/** How many items have one of these statuses. */
export function countOf({ byStatus }: Counts, ...statuses: readonly ItemStatus[]): number {
  return byStatus
    .filter(({ status }) => statuses.includes(status))
    .reduce((sum, { count }) => sum + count, 0);
}
