/** Tables whose rows are checks: a column of boxes, and columns for number, item, owner, date, notes. */
import type { Nodes, Table, TableRow } from "mdast";
import type { Edit } from "../edits.ts";
import { type Columns, columnsOf, unmarked } from "./columns.ts";
import {
  type Draft,
  endOf,
  inOrder,
  type Note,
  type Step,
  siblingAt,
  sourceOf,
  startOf,
  walk,
} from "./draft.ts";
import { bare, isBlank, isEmpty } from "./labels.ts";
import { isTicked, labelsOf, markAt, marksIn } from "./marks.ts";
import { flow } from "./matter.ts";

/** @param eager the text has no boxes at all: then a table of checks without boxes counts as well */
export function findTables(draft: Draft, eager: boolean): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  walk(draft.root, (node, within, at) => {
    if (node.type !== "table") return;
    const cells = cellsOf(draft, node);
    const columns = columnsOf(cells, eager);
    if (!columns) return;
    if (!within.every(({ type }) => type === "root")) {
      notes.push(note(node, "a table of checks inside a list or a quote stays a table"));
      return;
    }
    const made = listOf(cells, columns, markersAround(draft, within.at(-1), at, columns.headless), draft.eol);
    const why = `a table of ${cells.length - (columns.headless ? 0 : 1)} rows with ${columns.why} is a list of items now`;
    edits.push({
      offset: startOf(node),
      old: sourceOf(draft, node),
      new: made,
      kind: "table",
      why,
      confidence: columns.sure ? "likely" : "unsure",
    });
    const empty = columns.others.filter((at) => cells.slice(1).every((row) => isBlank(row[at] ?? "")));
    const names = empty.map((at) => `'${bare(cells[0]?.[at] ?? "")}'`).filter((name) => name !== "''");
    if (names.length > 0)
      notes.push(
        note(
          node,
          `the columns ${names.join(", ")} were empty: a run records who, when and notes of every item`,
        ),
      );
  });
  return { edits: inOrder(edits), notes };
}

function note(node: Nodes, text: string): Note {
  return { offset: startOf(node), kind: "table", text, doubt: false };
}

/** The source of every cell, heads first; pipes as they read outside a table. */
function cellsOf(draft: Draft, table: Table): readonly (readonly string[])[] {
  return table.children.map((row: TableRow) =>
    row.children.map((cell) => {
      const [first] = cell.children;
      const last = cell.children.at(-1);
      const source = first && last ? draft.text.slice(startOf(first), endOf(last)) : "";
      return source.replace(/\\\|/g, "|").trim();
    }),
  );
}

interface Markers {
  readonly bullet: string;
  readonly delimiter: string;
}

/** A list right beside another one must not grow together with it. */
function markersAround(draft: Draft, parent: Nodes | undefined, at: number, headless: boolean): Markers {
  const [before, after] = [siblingAt(parent, at - 1), siblingAt(parent, at + 1)];
  const lists = [before, after].flatMap((one) =>
    one?.type === "list" ? [sourceOf(draft, one).slice(0, 40).trimStart()] : [],
  );
  // Between two tables stands the comment that names the columns of the second, if it has any.
  const isBeside = headless && before?.type === "table";
  return {
    bullet: isBeside || lists.some((source) => source.startsWith("-")) ? "*" : "-",
    delimiter: lists.some((source) => /^\d+\./.test(source)) ? ")" : ".",
  };
}

function listOf(
  cells: readonly (readonly string[])[],
  columns: Columns,
  markers: Markers,
  eol: string,
): string {
  const head = columns.headless ? [] : (cells[0] ?? []);
  const rows = columns.headless ? cells : cells.slice(1);
  const heads = head.map((cell) => bare(cell).replace(/--+/g, "-"));
  const filled = rows.filter((row) => titleAt(row, columns) !== null);
  const numbers = columns.number === null ? [] : filled.map((row) => bare(row[columns.number ?? 0] ?? ""));
  const isCounted = numbers.length > 0 && areCounted(numbers) && !filled.some((row) => isGroup(row, columns));
  const lines = filled.flatMap((row, at) => {
    if (isGroup(row, columns)) return [...(at === 0 ? [] : [""]), row[columns.item] ?? "", ""];
    const marker = isCounted
      ? `${numbers[at]?.replace(/\.$/, "") ?? "1"}${markers.delimiter}`
      : markers.bullet;
    return rowLines(row, heads, columns, marker);
  });
  const said = columns.headless ? [] : [`<!-- columns: ${heads.join(" | ")} -->`, ""];
  return [...said, ...lines].join(eol).trimEnd();
}

/** The cell that names the row: the item's, or else the first that says anything. */
function titleAt(row: readonly string[], { item, others }: Columns): number | null {
  return [item, ...others].find((at) => !isBlank(row[at] ?? "")) ?? null;
}

/** A row that only names what follows. */
function isGroup(row: readonly string[], { item, boxes }: Columns): boolean {
  return (
    boxes.length > 0 &&
    boxes.every((at) => isBlank(row[at] ?? "")) &&
    /^\*\*.*\*\*$/.test(row[item] ?? "") &&
    row.every((cell, at) => at === item || isBlank(cell))
  );
}

/** 1, 2, 3 …, from any number on. */
function areCounted(numbers: readonly string[]): boolean {
  const values = numbers.map((one) => (/^\d{1,6}\.?$/.test(one) ? Number.parseInt(one, 10) : Number.NaN));
  return values.every((value, at) => (at === 0 ? value >= 0 : value === (values[at - 1] ?? 0) + 1));
}

function rowLines(
  row: readonly string[],
  heads: readonly string[],
  columns: Columns,
  marker: string,
): readonly string[] {
  const { number, boxes, others, owner } = columns;
  const named = titleAt(row, columns);
  const own = columns.inItem ? markAt(unmarked(row[columns.item] ?? "")) : null;
  const ticked =
    own?.ticked === true || boxes.some((at) => marksIn(row[at] ?? "").some(({ mark }) => isTicked(mark)));
  const id = number !== null && !/^\d+[.)]$/.test(marker) ? bare(row[number] ?? "") : "";
  const text = unmarked(row[named ?? 0] ?? "").slice(own && named === columns.item ? own.source.length : 0);
  const title = [id === "" ? "" : `**${id}**`, text].filter((part) => part !== "").join(" ");
  const who = owner === null || owner === named ? "" : bare(row[owner] ?? "");
  const annotation = isRole(who) && !isEmpty(who) ? ` <!-- item: ${flow({ owner: who })} -->` : "";
  const indent = " ".repeat(marker.length + 1);
  const more = [...boxes, ...others]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const cell = row[at] ?? "";
      const labels = labelsOf(cell.replace(/`/g, "")).filter((label) => label !== "");
      const value = boxes.includes(at) ? labels.join(" / ") : cell;
      // A blank to be filled in is something; a dash is nothing.
      const says = value !== "" && (!isBlank(value) || /_{4,}/.test(value));
      return says && at !== named ? [`${indent}- ${heads[at] ? `${heads[at]}: ` : ""}${value}`] : [];
    });
  return [`${marker} [${ticked ? "x" : " "}] ${title}${annotation}`, ...more];
}

/** A role, not a person: "Anna Berg" is kept as text alone. */
function isRole(text: string): boolean {
  return (
    /^[\p{L}][\p{L}\p{N} /&.-]{1,40}$/u.test(text) &&
    /^[A-Z]{2,5}$|\b(?:lead|engineers?|managers?|team|dev\w*|ops|qa|security|sre|dba|product|admin\w*|support|architect|owner|on-?call|officer|director|tester|release|betrieb|leitung|entwicklung|équipe|equipo|equipe)\b/iu.test(
      text,
    )
  );
}
