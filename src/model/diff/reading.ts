/** A difference as it is read: in the order of the document, section by section, with what to look at first. */
import type { Checklist } from "../checklist.ts";
import { type Inline, plainText } from "../text.ts";
import type { Diff, PartName } from "./change.ts";
import { countChanges, type DiffCounts } from "./counts.ts";
import { type Entry, entryOfChanged, entryOfWhole, rowsOfText } from "./entry.ts";
import { type Flat, flatten, keyOf, type Part } from "./flat.ts";
import { entriesOfDocument, entriesOfLists } from "./frontmatter.ts";
import { type Names, namesOf } from "./names.ts";
import type { BothNames } from "./rows.ts";

export interface Group {
  /** The section's id; null for the document and its footnotes. */
  readonly id: string | null;
  readonly title: string;
  /** The section is in the first version only. */
  readonly gone: boolean;
  readonly entries: readonly Entry[];
}

/** On paper the same part has another number. `name` without its number. */
export interface Renumbered {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface Reading {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** What the author of the second version says of it, where that is new. */
  readonly changes: string | null;
  readonly counts: DiffCounts;
  /** Entries that ask for less than before, in order: what a reviewer looks at first. */
  readonly looser: readonly Entry[];
  readonly groups: readonly Group[];
  /** Items and sections under another number. */
  readonly renumbered: readonly Renumbered[];
}

/** Reads a difference of `a` and `b`, which has to be one of these two values. */
export function readDiff(diff: Diff, a: Checklist, b: Checklist): Reading {
  const names = { before: namesOf(a), after: namesOf(b) };
  const own = entriesOfDocument(diff.document, names).concat(entriesOfLists(diff.lists, names));
  const groups = [
    ...(own.length === 0 ? [] : [{ id: null, title: "Frontmatter", gone: false, entries: own }]),
    ...new Reader(diff, flatten(a), flatten(b), names).groups(),
  ];
  const entries = groups.flatMap((group) => group.entries);
  return {
    title: `${b.title} (${b.id})`,
    from: diff.from.version,
    to: diff.to.version,
    changes: diff.document.some(({ attribute }) => attribute === "changes") ? b.changes : null,
    counts: countChanges(diff),
    looser: entries.filter(({ demand }) => demand === "looser" || demand === "mixed"),
    groups,
    renumbered: diff.renumbered.flatMap(({ kind, id, from, to }) => {
      if ((kind !== "item" && kind !== "section") || from === null || to === null) return [];
      return [{ id, name: names.after.of(id).slice(to.length + 1), from, to }];
    }),
  };
}

interface Placed {
  /** Key of the section in the second version; that of the first with `gone ` before it; or `document`. */
  readonly group: string;
  /** Place in the document. */
  readonly at: number;
  readonly entry: Entry;
}

class Reader {
  readonly #diff: Diff;
  readonly #a: Flat;
  readonly #b: Flat;
  readonly #names: BothNames;
  /** The key in the second version of what is in both. */
  readonly #now = new Map<string, string>();
  readonly #places = new Map<string, number>();

  constructor(diff: Diff, a: Flat, b: Flat, names: BothNames) {
    [this.#diff, this.#a, this.#b, this.#names] = [diff, a, b, names];
    const gone = new Set(diff.parts.flatMap((part) => (part.change === "removed" ? [keyOf(part)] : [])));
    const renamed = new Map(
      diff.parts.flatMap((part) =>
        part.change === "changed" ? [[keyOf({ kind: part.kind, id: part.was }), keyOf(part)] as const] : [],
      ),
    );
    for (const [at, key] of [...b.parts.keys()].entries()) this.#places.set(key, at);
    let last = -1;
    for (const key of a.parts.keys()) {
      if (gone.has(key)) this.#places.set(`gone ${key}`, last + 0.5);
      else {
        const is = renamed.get(key) ?? key;
        this.#now.set(key, is);
        last = this.#places.get(is) ?? last;
      }
    }
  }

  groups(): readonly Group[] {
    const groups = new Map<string, Placed[]>();
    for (const placed of [...this.#ofParts(), ...this.#ofTexts()].sort((x, y) => x.at - y.at)) {
      const known = groups.get(placed.group);
      if (known) known.push(placed);
      else groups.set(placed.group, [placed]);
    }
    return [...groups]
      .sort(([x], [y]) => this.#placeOf(x) - this.#placeOf(y))
      .map(([group, placed]) => ({ ...this.#title(group), entries: placed.map(({ entry }) => entry) }));
  }

  #placeOf(group: string): number {
    return group === "footnotes" ? Number.POSITIVE_INFINITY : (this.#places.get(group) ?? -1);
  }

  #title(group: string): Omit<Group, "entries"> {
    if (group === "document") return { id: null, title: "Text before the first heading", gone: false };
    if (group === "footnotes") return { id: null, title: "Footnotes", gone: false };
    const gone = group.startsWith("gone ");
    const id = group.replace(/^gone /, "").slice("section ".length);
    return { id, title: (gone ? this.#names.before : this.#names.after).of(id), gone };
  }

  #ofParts(): readonly Placed[] {
    return this.#diff.parts.flatMap((change): readonly Placed[] => {
      if (change.change === "changed") {
        const part = this.#b.parts.get(keyOf(change));
        const text =
          this.#diff.text.find((one) => one.in !== null && keyOf(one.in) === keyOf(change)) ?? null;
        const entry =
          part && entryOfChanged(part, change, text, nameOf(part, this.#names.after), this.#names);
        return entry ? [this.#placed(entry, change, true)] : [];
      }
      const isNew = change.change === "added";
      const flat = isNew ? this.#b : this.#a;
      const around = change.in && (flat.parts.get(keyOf(change.in)) ?? null);
      const name = nameOf(change, isNew ? this.#names.after : this.#names.before);
      return [this.#placed(entryOfWhole(change, around, name, this.#names), change, isNew)];
    });
  }

  /** Texts of the document, and of parts that have no other change. */
  #ofTexts(): readonly Placed[] {
    const told = new Set(
      this.#diff.parts.flatMap((part) => (part.change === "changed" ? [keyOf(part)] : [])),
    );
    return this.#diff.text.flatMap((text): readonly Placed[] => {
      if (text.in === null) {
        const entry = documentEntry(rowsOfText(text));
        return entry ? [{ group: "document", at: -1, entry }] : [];
      }
      const part = told.has(keyOf(text.in)) ? undefined : this.#b.parts.get(keyOf(text.in));
      const entry = part && entryOfChanged(part, null, text, nameOf(part, this.#names.after), this.#names);
      return entry ? [this.#placed(entry, text.in, true)] : [];
    });
  }

  #placed(entry: Entry, name: PartName, isNow: boolean): Placed {
    const key = isNow ? keyOf(name) : `gone ${keyOf(name)}`;
    return { group: this.#groupOf(name, isNow), at: this.#places.get(key) ?? -1, entry };
  }

  #groupOf(name: PartName, isNow: boolean): string {
    const { parts } = isNow ? this.#b : this.#a;
    for (let at: PartName | null = name; at !== null; at = parts.get(keyOf(at))?.in ?? null) {
      if (at.kind === "footnote") return "footnotes";
      if (at.kind === "section") {
        const key = keyOf(at);
        return isNow ? key : (this.#now.get(key) ?? `gone ${key}`);
      }
    }
    return "document";
  }
}

function documentEntry(rows: Entry["rows"]): Entry | null {
  if (rows.length === 0) return null;
  return { change: "changed", kind: "Document", id: null, number: null, name: "", rows, demand: null };
}

/** The whole title, for what has one of its own. */
function nameOf(part: Pick<Part, "kind" | "id" | "number" | "attributes">, names: Names): string {
  if (part.kind === "command") return part.id;
  if (part.kind === "template") return names.of(part.id);
  if (part.kind === "footnote") return part.id;
  return plainText(part.attributes.title as readonly Inline[]).trim();
}
