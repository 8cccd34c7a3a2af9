/** The report of an import for people: what was done, and what wants a look. */
import type { ImportReport, ReportedEdit } from "../src/source/importer/report.ts";

/** What edits of a kind do, in the order in which people care. */
const KINDS: readonly (readonly [kind: string, words: string])[] = [
  ["frontmatter", "frontmatter"],
  ["line-end", "line ends"],
  ["comment", "comments"],
  ["unfence", "out of fences"],
  ["box", "boxes"],
  ["box-end", "boxes at the end"],
  ["table", "tables to items"],
  ["choice", "choices"],
  ["step", "steps to items"],
  ["indent", "indented"],
  ["untick", "unticked"],
  ["said-twice", "said twice"],
  ["lifted", "lifted"],
  ["signoff", "signatures"],
  ["signs", "signed items"],
  ["contact", "contacts"],
  ["section", "sections"],
  ["limit", "limits"],
  ["command", "commands"],
  ["field", "fields"],
  ["id", "ids"],
];

/** Kinds of which each is worth a line; of the others the number is enough. */
const TOLD = new Set([
  "frontmatter",
  "line-end",
  "comment",
  "table",
  "lifted",
  "signoff",
  "contact",
  "section",
  "limit",
]);
const MOST = 12;

/** @param written or only planned */
export function renderImport(report: ImportReport, written: boolean): string {
  const { counts, edits, notes, encoding } = report;
  const done = written ? "written" : "would be written (--dry-run)";
  const found = Object.entries(counts.found).map(([kind, count]) => `${count} ${FOUND[kind] ?? kind}`);
  const parts = [...(counts.boxes > 0 ? [`${counts.boxes} had task boxes`] : []), ...found].join(", ");
  const lines = [
    `${report.to}  ${done}, from ${report.from}`,
    `  ${plural(counts.items, "item")}${parts === "" ? "" : `: ${parts}`}; ${plural(counts.sections, "section")}`,
  ];
  if (encoding.misreadAs.length > 0)
    lines.push(
      "",
      `mended: the text had been read as ${encoding.misreadAs.join(", then ")}`,
      ...mendLines(encoding.mended),
    );
  lines.push(...(edits.length === 0 ? ["", "nothing had to be changed"] : ["", "done"]));
  for (const [kind, words] of KINDS) {
    const own = edits.filter((edit) => kindOf(edit) === kind);
    if (own.length === 0) continue;
    lines.push(`  ${words.padEnd(16)} ${own.length}`);
    if (!TOLD.has(kind)) continue;
    for (const edit of own.slice(0, MOST))
      lines.push(`    ${String(edit.line).padStart(5)}  ${oneLine(edit.why)}`);
    if (own.length > MOST) lines.push(`           and ${own.length - MOST} more (--json has them all)`);
  }
  const doubts = notes.filter(({ doubt }) => doubt);
  const remarks = notes.filter(({ doubt }) => !doubt);
  if (doubts.length > 0)
    lines.push(
      "",
      "not sure",
      ...doubts.map(({ line, text }) => `    ${String(line).padStart(5)}  ${oneLine(text)}`),
    );
  if (remarks.length > 0)
    lines.push(
      "",
      "to know",
      ...remarks.map(({ line, text }) => `    ${String(line).padStart(5)}  ${oneLine(text)}`),
    );
  return `${lines.join("\n")}\n`;
}

/** The same mend is told once, with all its lines. */
function mendLines(mended: ImportReport["encoding"]["mended"]): readonly string[] {
  const groups = Map.groupBy(mended, (mend) => JSON.stringify([mend.old, mend.new, mend.candidates]));
  return [...groups.values()].map((group) => {
    const [first] = group;
    const places = [...new Set(group.map(({ line }) => line))].join(", ");
    const what =
      first && first.candidates.length > 0
        ? `lost a byte, and was one of ${first.candidates.join(" ")}`
        : first?.new === "\uFFFD"
          ? "was lost"
          : `is '${first?.new ?? ""}'`;
    return `  '${oneLine(first?.old ?? "")}' ${oneLine(what)}: line ${places}`;
  });
}

const FOUND: Readonly<Record<string, string>> = {
  box: "had boxes of another kind",
  table: "were rows of tables",
  choice: "were choices",
  step: "were ordered steps",
};

const MENDED = new Set(["encoding", "restored", "lost"]);

/** Of an edit that does several things the first that is more than an id. */
function kindOf({ kind }: ReportedEdit): string {
  const kinds = kind.split("+");
  return kinds.find((one) => one !== "id" && !MENDED.has(one)) ?? kinds.find((one) => one !== "id") ?? "id";
}

/** Ids are told by their number. */
function oneLine(text: string): string {
  return text
    .replace(/(?:; )?the (?:item|section|command) has the id '[^']*' for good/g, "")
    .replace(/\s+/g, " ")
    .slice(0, 240);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
