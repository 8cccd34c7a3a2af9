/** What changed from the version that was run to another, where somebody asked for it. */
import type { Checklist } from "../../model/checklist.ts";
import type { Diff, LineChange, Word } from "../../model/diff/change.ts";
import { sayCounts } from "../../model/diff/counts.ts";
import type { Entry } from "../../model/diff/entry.ts";
import { readDiff } from "../../model/diff/reading.ts";
import type { Row } from "../../model/diff/rows.ts";
import type { Span } from "../text.ts";
import { bold, chapter, joined, type Paper, soft, subheading, table, text, words } from "./pieces.ts";

export interface Against {
  readonly diff: Diff;
  readonly run: Checklist;
  readonly other: Checklist;
}

export function putAgainst(paper: Paper, { diff, run, other }: Against): void {
  const reading = readDiff(diff, run, other);
  const part = chapter(
    paper,
    "against",
    `What changed from ${run.version}, which was run, to ${other.version}`,
  );
  const says = [
    `Put in by request. The run is judged against ${run.version} alone; what ${other.version} asks for was not asked of it.`,
    ...(reading.changes === null ? [] : [`The author says: ${reading.changes}`]),
    `${sayCounts(reading.counts).join("; ")}.`,
  ];
  paper.flow.put(...says.map((line) => words(paper, [text(line)], part)));
  const put = (title: string, entries: readonly Entry[]): void => {
    if (entries.length === 0) return;
    paper.flow.put(subheading(paper, title, part));
    table(
      paper,
      part,
      [
        {
          head: "What",
          cell: (entry) => [
            bold(entry.change),
            text(` ${entry.kind} ${[entry.number ?? "", entry.name].join(" ").trim()}`),
          ],
        },
        { head: "How", cell: ({ rows }) => joined(rows.map(rowOf), "\n") },
      ],
      entries,
    );
  };
  put("Asks for less than before", reading.looser);
  for (const group of reading.groups)
    put(group.gone ? `${group.title} (not in ${other.version})` : group.title, group.entries);
}

function rowOf({ label, content }: Row): Span[] {
  const head = soft(`${label}: `);
  switch (content.type) {
    case "values":
      return [
        head,
        ...(content.about === null ? [] : [text(`${content.about} `)]),
        content.from === null ? text("none") : text(content.from, { strike: true }),
        text(" → "),
        bold(content.to ?? "none"),
      ];
    case "words":
      return [head, ...wordsOf(content.words)];
    case "lines":
      return [
        head,
        ...content.lines.flatMap((line, at): Span[] => [
          ...(at === 0 ? [] : [text("\n")]),
          ...lineOf(line, content.code),
        ]),
      ];
    case "text":
      return [head, text(content.text)];
    default:
      return content satisfies never;
  }
}

/** Out is struck, in is bold, as on the page. */
function wordOf({ change, text: said }: Word): Span {
  if (change === "kept") return text(said);
  return change === "removed" ? text(said, { strike: true }) : bold(said);
}

/** What is in stands apart from what it stands for. */
function wordsOf(parts: readonly Word[]): Span[] {
  return parts.flatMap((word, at) =>
    word.change === "added" && parts[at - 1]?.change === "removed" && !word.text.startsWith(" ")
      ? [text(" "), wordOf(word)]
      : [wordOf(word)],
  );
}

const MARKS = { added: "+ ", removed: "− ", reworded: "" } as const;

function lineOf({ change, words: parts }: LineChange, isCode: boolean): Span[] {
  const spans = wordsOf(parts).map((span) =>
    isCode ? { ...span, style: "mono" as const, size: 8.5 } : span,
  );
  return [text(MARKS[change]), ...spans];
}
