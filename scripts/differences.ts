/** A difference printed: as text for a terminal, as Markdown for a review. Rows first, string last. */
import type { LineChange, Word } from "../src/model/diff/change.ts";
import { sayCounts } from "../src/model/diff/counts.ts";
import type { Entry } from "../src/model/diff/entry.ts";
import type { Group, Reading } from "../src/model/diff/reading.ts";
import { demandToSay, type Row } from "../src/model/diff/rows.ts";

/** How one of the two formats writes what both of them say. */
interface Style {
  readonly plain: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removedLine: (text: string) => string;
  readonly addedLine: (text: string) => string;
  readonly reworded: (written: string) => string;
}

const text: Style = {
  plain: (written) => written,
  removed: (written) => `[-${written}-]`,
  added: (written) => `{+${written}+}`,
  removedLine: (written) => `- ${written}`.trimEnd(),
  addedLine: (written) => `+ ${written}`.trimEnd(),
  reworded: (written) => `~ ${written}`,
};

const markdown: Style = {
  // Nothing that an author wrote becomes markup here: it is quoted as it stands in the source.
  plain: (written) => written.replace(/[\\`*_{}[\]<>#|~!&]/g, "\\$&"),
  removed: (written) => `<del>${markdown.plain(written)}</del>`,
  added: (written) => `<ins>${markdown.plain(written)}</ins>`,
  removedLine: (written) => markdown.removed(written),
  addedLine: (written) => markdown.added(written),
  reworded: (written) => written,
};

/** For a terminal: `+` added, `-` removed, `>` moved, `~` changed; `[-out-]{+in+}` within a line. */
export function renderDiffText(reading: Reading): string {
  const lines = [
    `${reading.title}: ${reading.from} → ${reading.to}`,
    "",
    ...(reading.changes === null ? [] : [`The author says: ${reading.changes}`, ""]),
    ...sayCounts(reading.counts).map((line) => `  ${line}`),
    ...(reading.looser.length === 0
      ? []
      : ["", "Asks for less than before:", ...reading.looser.map((entry) => `  ${lessOf(entry, text)}`)]),
    ...reading.groups.flatMap((group) => ["", groupTitle(group), ...group.entries.flatMap(textEntry)]),
  ];
  return asSeen(`${lines.join("\n")}\n`);
}

function textEntry(entry: Entry): readonly string[] {
  return [
    `  ${MARKS[entry.change]} ${headOf(entry, text)}`,
    ...entry.rows.flatMap((row) => {
      const { first, rest } = contentOf(row, text);
      const label = `      ${sayLabel(row)}`;
      return [
        `${label.padEnd(26)}${first === "" ? "" : `  ${first}`}`.trimEnd(),
        ...rest.map((line) => `        ${line}`),
      ];
    }),
  ];
}

const MARKS = { added: "+", removed: "-", moved: ">", changed: "~" } as const;

/** For a review: headings, a list of entries, `<del>` and `<ins>` within a line. */
export function renderDiffMarkdown(reading: Reading): string {
  const { plain } = markdown;
  const lines = [
    `# ${plain(reading.title)}: ${plain(reading.from)} → ${plain(reading.to)}`,
    "",
    ...(reading.changes === null
      ? []
      : [`> The author says: ${plain(reading.changes).replace(/\s*\n\s*/g, " ")}`, ""]),
    ...sayCounts(reading.counts).map((line) => `- ${line}`),
    ...(reading.looser.length === 0
      ? []
      : [
          "",
          "## Asks for less than before",
          "",
          ...reading.looser.map((entry) => `- ${lessOf(entry, markdown)}`),
        ]),
    ...reading.groups.flatMap((group) => [
      "",
      `## ${plain(groupTitle(group))}`,
      "",
      ...group.entries.flatMap(markdownEntry),
    ]),
  ];
  return asSeen(`${lines.join("\n")}\n`);
}

function markdownEntry(entry: Entry): readonly string[] {
  return [
    `- **${entry.change}** ${headOf(entry, markdown)}`,
    ...entry.rows.flatMap((row) => {
      const { first, rest } = contentOf(row, markdown);
      return [
        `  - ${markdown.plain(sayLabel(row))}: ${first}`.trimEnd(),
        ...rest.map((line) => `    - ${line}`),
      ];
    }),
  ];
}

function groupTitle(group: Group): string {
  return group.gone ? `${group.title} (not in the new version)` : group.title;
}

/** What of an entry asks for less: that it is gone, or the rows that say so. */
function lessOf(entry: Entry, style: Style): string {
  const rows = entry.rows.filter(({ demand }) => demand === "looser" || demand === "mixed");
  const said = rows.map((row) => `${style.plain(sayLabel(row))} ${contentOf(row, style).first}`.trim());
  return `${headOf(entry, style)}: ${said.length === 0 ? entry.change : said.join("; ")}`;
}

/** "Item 3.2.1 Error rate below 1 % [error-rate] (looser)". */
function headOf(entry: Entry, { plain }: Style): string {
  const { change, kind, number, name, id, demand } = entry;
  const told = [kind, number ?? "", name].filter((part) => part !== "").join(" ");
  const isNamed = id !== null && id !== name && kind !== "Footnote";
  return `${plain(told)}${isNamed ? plain(` [${id}]`) : ""}${change !== "changed" || demand === null ? "" : ` (${DEMANDS[demand]})`}`;
}

const DEMANDS = { stricter: "stricter", looser: "looser", mixed: "in part looser" } as const;

function sayLabel(row: Row): string {
  const demand = demandToSay(row);
  return demand === null ? row.label : `${row.label} (${DEMANDS[demand]})`;
}

interface Content {
  /** What stands behind the label. */
  readonly first: string;
  /** Lines of their own under it. */
  readonly rest: readonly string[];
}

function contentOf({ content }: Row, style: Style): Content {
  switch (content.type) {
    case "text":
      return { first: style.plain(content.text), rest: [] };
    case "values":
      return {
        first: `${content.about === null ? "" : `${style.plain(content.about)}: `}${value(content.from, style)} → ${value(content.to, style)}`,
        rest: [],
      };
    case "words":
      return { first: wordsOf(content.words, style), rest: [] };
    case "lines":
      return { first: "", rest: content.lines.map((line) => lineOf(line, style)) };
    default:
      return content satisfies never;
  }
}

function value(said: string | null, style: Style): string {
  return said === null ? "none" : style.plain(said);
}

function wordsOf(words: readonly Word[], style: Style): string {
  return words
    .map(({ change, text: written }) => (change === "kept" ? style.plain(written) : style[change](written)))
    .join("")
    .replace(/\s*\n\s*/g, " ");
}

function lineOf({ change, words }: LineChange, style: Style): string {
  if (change === "reworded") return style.reworded(wordsOf(words, style));
  const whole = words.map((word) => word.text).join("");
  return change === "added" ? style.addedLine(whole) : style.removedLine(whole);
}

/** Control and bidi characters of a source never reach a terminal or turn a line round: they are named. */
function asSeen(output: string): string {
  return output.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
