/** Changes of the frontmatter as they are read: the document's own values, and the lists. */
import type { AttributeChange, Demand, ListChange, ListName } from "./change.ts";
import type { Entry } from "./entry.ts";
import { sumOfDemands } from "./figures.ts";
import { type BothNames, type Row, rowsOfAttributes, rowsOfChange } from "./rows.ts";

export function entriesOfDocument(changes: readonly AttributeChange[], names: BothNames): readonly Entry[] {
  // What the author says of the version is said whole, above everything else.
  const rows = changes
    .filter(({ attribute }) => attribute !== "changes")
    .flatMap((change) => rowsOfChange(change, names, "Title"));
  return rows.length === 0 ? [] : [entry("changed", "Document", null, "", rows, null)];
}

const KINDS: Readonly<Record<ListName, string>> = {
  questions: "Question",
  fields: "Field",
  metrics: "Metric",
  signoffs: "Sign-off",
  escalation: "Escalation",
  contacts: "Contact",
};

export function entriesOfLists(changes: readonly ListChange[], names: BothNames): readonly Entry[] {
  return changes.map((change) => {
    const kind = KINDS[change.list];
    switch (change.change) {
      case "reordered":
        return entry("moved", kind, null, "the same ones in another order", [], null);
      case "changed": {
        const rows = change.attributes.flatMap((one) => rowsOfChange(one, names, "Title"));
        return entry("changed", kind, idOf(change.list, change.key), change.key, rows, null);
      }
      case "added":
      case "removed": {
        const { value, demand } = change;
        const own = change.change === "added" ? names.after : names.before;
        const rows = rowsOfAttributes(withoutName(change.list, value), null, own);
        return entry(change.change, kind, idOf(change.list, change.key), nameOf(change), rows, demand);
      }
      default:
        return change satisfies never;
    }
  });
}

type Whole = Extract<ListChange, { change: "added" | "removed" }>;

function nameOf({ value, key, list }: Whole): string {
  if (list === "escalation") return `level ${key}`;
  const name = value.label ?? value.role;
  return typeof name === "string" ? name : key;
}

function withoutName(list: ListName, { id: _id, label: _label, level: _level, ...rest }: Whole["value"]) {
  if (list !== "signoffs" && list !== "contacts") return rest;
  const { role: _role, ...others } = rest;
  return others;
}

/** Questions and fields have a place of their own on the page. */
function idOf(list: ListName, key: string): string | null {
  return list === "questions" || list === "fields" ? key : null;
}

function entry(
  change: Entry["change"],
  kind: string,
  id: string | null,
  name: string,
  rows: readonly Row[],
  demand: Demand | null,
): Entry {
  const all = sumOfDemands([demand, ...rows.map((row) => row.demand)]);
  return { change, kind, id, number: null, name, rows, demand: all };
}
