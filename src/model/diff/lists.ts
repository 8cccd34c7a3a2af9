/** The lists of the frontmatter compared, entry by entry, and the changes carried out. */
import { attributesBetween } from "./attributes.ts";
import type { Attributes, Demand, ListChange, ListName } from "./change.ts";
import type { Lists } from "./flat.ts";
import { isSame } from "./sequence.ts";

export const LIST_NAMES = [
  "questions",
  "fields",
  "metrics",
  "signoffs",
  "escalation",
  "contacts",
] as const satisfies readonly ListName[];

export function listsBetween(a: Lists, b: Lists): readonly ListChange[] {
  return LIST_NAMES.flatMap((list) => entriesBetween(list, keyed(list, a[list]), keyed(list, b[list])));
}

type Keyed = ReadonlyMap<string, Attributes>;

/** Entries by id; where they have none by level or role, with the place among equals. */
function keyed(list: ListName, entries: readonly Attributes[]): Keyed {
  const known = new Map<string, Attributes>();
  for (const entry of entries) {
    const wanted = String(list === "escalation" ? entry.level : list === "contacts" ? entry.role : entry.id);
    let key = wanted;
    for (let n = 2; known.has(key); n += 1) key = `${wanted}#${n}`;
    known.set(key, entry);
  }
  return known;
}

function entriesBetween(list: ListName, a: Keyed, b: Keyed): readonly ListChange[] {
  const changes: ListChange[] = [];
  for (const [index, [key, value]] of [...b].entries()) {
    const before = a.get(key);
    if (!before)
      changes.push({
        list,
        change: "added",
        key,
        index,
        value,
        demand: demandOfEntry(list, value, "stricter"),
      });
    else {
      const attributes = attributesBetween(before, value);
      if (attributes.length > 0) changes.push({ list, change: "changed", key, attributes });
    }
  }
  for (const [index, [key, value]] of [...a].entries()) {
    if (!b.has(key))
      changes.push({
        list,
        change: "removed",
        key,
        index,
        value,
        demand: demandOfEntry(list, value, "looser"),
      });
  }
  const order = [...b.keys()].filter((key) => a.has(key));
  const before = [...a.keys()].filter((key) => b.has(key));
  return isSame(order, before) ? changes : [...changes, { list, change: "reordered", order }];
}

/** Signatures and required blanks are asked for; contacts, metrics and questions are not. */
function demandOfEntry(list: ListName, value: Attributes, demand: Demand): Demand | null {
  const isAsked =
    list === "signoffs" ? value.optional !== true : list === "fields" && value.required === true;
  return isAsked ? demand : null;
}

/** The lists with these changes. */
export function applyListChanges(lists: Lists, changes: readonly ListChange[]): Lists {
  const applied = LIST_NAMES.map((list) => {
    const own = changes.filter((change) => change.list === list);
    return [list, own.length === 0 ? lists[list] : applyToList(keyed(list, lists[list]), own)] as const;
  });
  return Object.fromEntries(applied) as Record<ListName, readonly Attributes[]>;
}

function applyToList(entries: Keyed, changes: readonly ListChange[]): readonly Attributes[] {
  const next = new Map(entries);
  let order = [...next.keys()];
  for (const change of changes) {
    if (change.change === "removed") next.delete(change.key);
    else if (change.change === "reordered") order = [...change.order];
    else if (change.change === "changed") {
      const to = change.attributes.map(({ attribute, to }) => [attribute, to] as const);
      next.set(change.key, { ...next.get(change.key), ...Object.fromEntries(to) });
    }
  }
  const result = order.map((key) => next.get(key)).filter((entry) => entry !== undefined);
  // Each stands at its place in the second version: the first ones first.
  const added = changes.flatMap((change) => (change.change === "added" ? [change] : []));
  for (const { index, value } of added.sort((x, y) => x.index - y.index)) result.splice(index, 0, value);
  return result;
}
