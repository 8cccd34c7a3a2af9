/** Counts per status: every item that is not derived exactly once, so that they add up. */
import { type Counts, type ItemStatus, itemStatuses } from "../itemreport.ts";
import type { ItemState } from "../judgement/states.ts";

export function countsOf(states: readonly ItemState[]): Counts {
  const counted = states.filter(({ item }) => item.derived === null);
  return {
    total: counted.length,
    byStatus: itemStatuses
      .map((status) => ({ status, count: counted.filter((state) => state.status === status).length }))
      .filter(({ count }) => count > 0),
  };
}

/** How many items have one of these statuses. */
export function countOf({ byStatus }: Counts, ...statuses: readonly ItemStatus[]): number {
  return byStatus
    .filter(({ status }) => statuses.includes(status))
    .reduce((sum, { count }) => sum + count, 0);
}

/** What says that an item is as it should be. */
export const good: readonly ItemStatus[] = ["passed", "met", "clear", "seen", "not-seen"];
/** What nobody has to do, or not yet: it counts neither as passed nor as open. */
export const apart: readonly ItemStatus[] = [
  "carried",
  "not-due",
  "not-selected",
  "not-needed",
  "not-reached",
  "not-done",
];
