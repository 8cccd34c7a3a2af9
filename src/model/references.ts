/** What a record names by id: items, sections, people, evidence, with the pointer of each name. */
import { isList, isTree, type Json, step } from "./parts.ts";
import type { WrittenRecord } from "./run.schema.ts";

export interface Reference {
  readonly kind: "item" | "section" | "command" | "template" | "person" | "evidence" | "rule";
  readonly id: string;
  readonly pointer: string;
}

/** Keys that name something, wherever they stand. */
const naming: Readonly<Record<string, Reference["kind"]>> = {
  item: "item",
  trigger: "item",
  section: "section",
  sections: "section",
  paths: "section",
  command: "command",
  template: "template",
  by: "person",
  witness: "person",
  requester: "person",
  authors: "person",
  approvers: "person",
  transcribedBy: "person",
  checkedBy: "person",
  evidence: "evidence",
  output: "evidence",
  scan: "evidence",
  rule: "rule",
};

/** Other people's words, and what has keys of its own. */
const skipped: ReadonlySet<string> = new Set([
  "people",
  "extra",
  "fields",
  "answers",
  "values",
  "capture",
  "anchors",
  "review",
]);

/** Every name in a record, in document order. */
export function references(record: WrittenRecord | Json): readonly Reference[] {
  const found: Reference[] = [];
  const visit = (value: Json | undefined, pointer: string, key: string): void => {
    const kind = Object.hasOwn(naming, key) ? naming[key] : undefined;
    if (typeof value === "string") {
      if (kind) found.push({ kind, id: value, pointer });
    } else if (isList(value)) {
      for (const [index, entry] of value.entries())
        visit(entry, pointer + step(index), isTree(entry) ? "" : key);
    } else if (isTree(value)) {
      for (const [name, entry] of Object.entries(value)) {
        const handed = pointer.startsWith("/handovers/") && (name === "from" || name === "to");
        const amended = pointer.startsWith("/amends/") && (name === "old" || name === "new");
        if (!skipped.has(name) && !amended) visit(entry, pointer + step(name), handed ? "by" : name);
      }
    }
  };
  visit(record as unknown as Json, "", "");
  return found;
}
