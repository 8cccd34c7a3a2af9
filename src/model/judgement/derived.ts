/** Items whose status follows from others: the worst of theirs. They are never asked for and never counted. */
import type { Item } from "../checklist.ts";
import type { ItemStatus } from "../itemreport.ts";
import { itemsWithin } from "../outline.ts";
import type { Frame } from "./frame.ts";
import type { Paths } from "./paths.ts";
import { settle } from "./settle.ts";
import { excuseOf, type ItemState } from "./states.ts";
import { dueOf, isDue } from "./times.ts";

/** From worst to best; what is on one line weighs the same. */
const worstFirst: readonly (readonly ItemStatus[])[] = [
  ["failed", "not-met"],
  ["blocked"],
  ["inconclusive"],
  ["not-recorded"],
  ["fired"],
  ["skipped"],
  ["not-due"],
  ["not-reached"],
  ["passed", "met", "clear", "seen", "carried"],
  ["not-applicable", "not-done", "not-seen"],
  ["not-selected", "not-needed"],
];

/**
 * Adds the states of derived items, in place. A circle of derived items counts as not recorded. A criterion is
 * judged at its time, and not at all where the run did not come so far.
 */
export function addDerived(frame: Frame, paths: Paths, states: Map<string, ItemState>): void {
  const open = new Set<string>();
  const visit = (item: Item): ItemState => {
    const known = states.get(item.id);
    if (known) return known;
    open.add(item.id);
    const sources = sourcesOf(frame, item).filter(({ id }) => !open.has(id));
    const found = asRole(item, worst(sources.map((source) => visit(source).status)));
    open.delete(item.id);
    const due = dueOf(frame, item);
    const excuse = item.derived?.from === "children" ? null : excuseOf(frame, paths, item, due);
    const early = item.role === "criteria" && !isDue(frame, due);
    const status = excuse?.status ?? (early ? "not-due" : found);
    const settled = settle(item, frame.results.get(item.id) ?? []);
    const claimed = settled?.status ?? null;
    const state: ItemState = {
      item,
      settled,
      status,
      claimed: claimed === status ? null : claimed,
      because: excuse?.because ?? (early ? null : "follows from other items"),
      due,
      judged: [],
      carried: null,
      signoff: null,
    };
    states.set(item.id, state);
    return state;
  };
  for (const item of frame.outline.items) if (item.derived) visit(item);
}

/** What a derived item follows from. */
export function sourcesOf(frame: Frame, item: Item): readonly Item[] {
  const { derived } = item;
  if (!derived) return [];
  if (derived.from === "section")
    return derived.ids
      .flatMap((id) => itemsWithin(frame.checklist, id))
      .filter((other) => other.id !== item.id);
  return derived.ids.flatMap((id) => frame.outline.item.get(id) ?? []);
}

function worst(statuses: readonly ItemStatus[]): ItemStatus {
  for (const line of worstFirst) {
    const found = statuses.find((status) => line.includes(status));
    if (found) return found;
  }
  return "not-recorded";
}

/** A criterion is met or not met, whatever the words of what it follows from. */
function asRole(item: Item, status: ItemStatus): ItemStatus {
  if (item.role !== "criteria" && item.role !== "decision")
    return status === "not-met" ? "failed" : status === "met" ? "passed" : status;
  if (status === "failed" || status === "fired") return "not-met";
  if (status === "blocked") return "inconclusive";
  return status === "passed" || status === "clear" || status === "seen" || status === "carried"
    ? "met"
    : status;
}
