/** A difference in figures. */
import type { Diff, PartKind } from "./change.ts";

export interface PartCounts {
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  readonly reworded: number;
  /** In anything but place and words, of their own and not through what they stand in. */
  readonly changed: number;
}

export interface DiffCounts {
  readonly items: PartCounts;
  readonly sections: PartCounts;
  readonly commands: PartCounts;
  readonly templates: PartCounts;
  readonly limits: {
    readonly added: number;
    readonly removed: number;
    readonly tightened: number;
    readonly loosened: number;
    /** Shifted, or to something that does not compare. */
    readonly changed: number;
  };
  /** Places in the frontmatter. */
  readonly frontmatter: number;
  /** Lines of prose. */
  readonly lines: number;
}

export function countChanges(diff: Diff): DiffCounts {
  return {
    items: countParts(diff, "item"),
    sections: countParts(diff, "section"),
    commands: countParts(diff, "command"),
    templates: countParts(diff, "template"),
    limits: countLimits(diff),
    frontmatter: diff.document.length + diff.lists.length,
    lines: diff.text.reduce((sum, { lines }) => sum + lines.length, 0),
  };
}

function countParts({ parts }: Diff, kind: PartKind): PartCounts {
  const own = parts.filter((part) => part.kind === kind);
  const changed = own.flatMap((part) => (part.change === "changed" ? [part] : []));
  const isWording = (attribute: string): boolean => attribute === "title" || attribute === "value";
  return {
    added: own.filter(({ change }) => change === "added").length,
    removed: own.filter(({ change }) => change === "removed").length,
    moved: changed.filter(({ moved }) => moved !== null).length,
    reworded: changed.filter(({ attributes }) => attributes.some(({ attribute }) => isWording(attribute)))
      .length,
    changed: changed.filter(({ attributes }) =>
      attributes.some(
        ({ attribute, inherited }) => !inherited && !isWording(attribute) && !PLACE.has(attribute),
      ),
    ).length,
  };
}

const PLACE: ReadonlySet<string> = new Set(["section", "parent", "parts", "placeholders", "text"]);

/** The limits of items that are in both versions. */
function countLimits({ parts }: Diff): DiffCounts["limits"] {
  const figures = parts.flatMap((part) =>
    part.change === "changed"
      ? part.attributes.flatMap(({ attribute, detail }) =>
          attribute === "limits" && detail?.type === "figures" ? detail.figures : [],
        )
      : [],
  );
  const count = (...kinds: readonly string[]): number =>
    figures.filter(({ change, direction }) => kinds.includes(direction ?? change)).length;
  return {
    added: count("added"),
    removed: count("removed"),
    tightened: count("tightened"),
    loosened: count("loosened"),
    changed: count("shifted", "unknown", "narrowed", "widened"),
  };
}

/** One line a kind of change; what did not change is left out. */
export function sayCounts(counts: DiffCounts): readonly string[] {
  const parts: readonly (readonly [string, PartCounts])[] = [
    ["Items", counts.items],
    ["Sections", counts.sections],
    ["Commands", counts.commands],
    ["Templates", counts.templates],
  ];
  const lines = [
    ...parts.map(([name, own]) => sayCount(name, { ...own })),
    sayCount("Limits of items in both", { ...counts.limits }),
    counts.frontmatter === 0 ? null : `Frontmatter: ${counts.frontmatter} changed`,
    counts.lines === 0 ? null : `Lines of text: ${counts.lines} changed`,
  ].filter((line) => line !== null);
  return lines.length === 0 ? ["Nothing has changed."] : lines;
}

function sayCount(name: string, counts: Readonly<Record<string, number>>): string | null {
  const said = Object.entries(counts).flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`]));
  return said.length === 0 ? null : `${name}: ${said.join(", ")}`;
}
