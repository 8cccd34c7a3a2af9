/**
 * Page one: what answers a reviewer in thirty seconds. Lists are cut to what the page holds; what is cut says how
 * much is missing, and stands whole from page two on.
 */
import { signOfSeverity, signOfStatus } from "../../model/sign.ts";
import type { Tag } from "../lazy.ts";
import {
  decisionTable,
  putDepartures,
  putExceptions,
  putRollback,
  putSignatures,
  signer,
  undispositioned,
} from "./findings.ts";
import { limitsLine } from "./limits.ts";
import {
  bold,
  chapter,
  code,
  itemName,
  itemNumber,
  joined,
  moment,
  type Paper,
  person,
  sign,
  soft,
  text,
  words,
} from "./pieces.ts";

/** What a list may have on page one: `rows` of a table, `lines` of running text; from all down to the least. */
export interface Cut {
  readonly rows: number;
  readonly lines: number;
}

const ALL: Cut = { rows: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY };

export const CUTS: readonly Cut[] = [
  ALL,
  ...[12, 8, 6, 5, 4, 3, 2, 1].map((rows) => ({ rows, lines: rows * 3 })),
  { rows: 1, lines: 2 },
];

/** For a page one that cannot hold even the beginnings: every list begins, and the page ends where it must. */
export const LEAST: Cut = { rows: 1, lines: 1 };

/** Page one after its identity; no list is longer than the cut. */
export function putFirst(paper: Paper, { rows, lines }: Cut): void {
  const { decisions, rollback } = paper.report;
  putWhy(paper, reasons(lines), "Why this outcome and this finding");
  putCounts(paper);
  putDue(paper, rows);
  if (decisions.length > 0 || rollback !== null) {
    const part = chapter(paper, "decisions", "Decisions");
    if (decisions.length > 0) decisionTable(paper, part, decisions.slice(0, rows));
    putMore(paper, part, decisions.length - rows);
    putRollback(paper, part);
  }
  limitsLine(paper, rows);
  putExceptionLines(paper, lines);
  putSigners(paper, lines);
  putDepartures(paper);
}

/** The first two reasons are those of the outcome and of the finding: page one always has them. */
function reasons(lines: number): number {
  return Math.max(2, lines);
}

/** Who signed as what and how sure that is, running on; absent ones first: what is not there has to be seen. */
function putSigners(paper: Paper, most: number): void {
  const { signatures } = paper.report;
  const part = chapter(paper, "signatures", "Signatures");
  if (signatures.length === 0) {
    paper.flow.put(words(paper, [text("The checklist asks for none, and nobody signed.")], part));
    return;
  }
  const absent = signatures.filter(({ state }) => state === "not signed");
  const others = signatures.filter(({ state }) => state !== "not signed");
  const shown = [...absent, ...others].slice(0, Math.max(8, most));
  const says = shown.map(({ role, state, by, grade }) => [
    ...signer(state, by),
    text(`, ${role}`),
    ...(by === null ? [] : [soft(` (${grade})`)]),
  ]);
  paper.flow.put(words(paper, joined(says, "   "), part));
  putMore(paper, part, signatures.length - shown.length);
}

const SHORT = 220;

function shortened(says: string): string {
  return says.length > SHORT ? `${says.slice(0, SHORT).trimEnd()}…` : says;
}

/** Every exception with what became of it, a line or two each; the table with what it supports stands further on. */
function putExceptionLines(paper: Paper, most: number): void {
  const { exceptions } = paper.report;
  const part = chapter(paper, "exceptions", "Exceptions");
  if (exceptions.length === 0) paper.flow.put(words(paper, [text("None.")], part));
  undispositioned(paper, part);
  for (const { severity, reason, rule, disposition } of exceptions.slice(0, most)) {
    const became =
      disposition === null
        ? [bold("no disposition")]
        : [text(disposition.action === null ? "accepted by " : "action by "), ...person(disposition.by)];
    const spans = [
      ...sign(signOfSeverity(severity)),
      text(`  ${shortened(reason)} `),
      code(rule),
      text("  –  "),
      ...became,
    ];
    paper.flow.put(words(paper, spans, part, { before: 1.5 }));
  }
  putMore(paper, part, exceptions.length - most);
}

function putMore(paper: Paper, part: Tag, more: number): void {
  if (more > 0) paper.flow.put(words(paper, [bold(`and ${more} more, from page 2 on`)], part, { before: 2 }));
}

/** Whole lists of what page one could only begin. */
export function putRest(paper: Paper, { rows, lines }: Cut): void {
  const { decisions, derivation, due, exceptions, signatures } = paper.report;
  const all = (what: string, { length }: readonly unknown[]): string => `${what} in full: ${length}`;
  paper.flow.nextPage();
  const whole = ALL.rows;
  if (derivation.length > reasons(lines))
    putWhy(paper, whole, "Why this outcome and this finding, in full", "why-all");
  if (due.length > rows) putDue(paper, whole, all("Due next", due), "due-all");
  if (decisions.length > rows)
    decisionTable(paper, chapter(paper, "decisions-all", all("Decisions", decisions)), decisions);
  // Page one names the exceptions and the signers; all about them stands here.
  if (exceptions.length > 0) putExceptions(paper, all("Exceptions", exceptions), "exceptions-all");
  if (signatures.length > 0) putSignatures(paper, all("Signatures", signatures), "signatures-all");
}

function putWhy(paper: Paper, most: number, title: string, id = "why"): void {
  const { derivation } = paper.report;
  const part = chapter(paper, id, title);
  derivation.slice(0, most).forEach(({ says, rule, items }, i) => {
    const cut = Number.isFinite(most) ? shortened(says) : says;
    const spans = [
      soft(`${i + 1}.  `),
      text(cut),
      ...(rule === null ? [] : [text(" "), code(rule)]),
      ...(items.length === 0 ? [] : [text(": "), ...joined(items.map((item) => [itemNumber(paper, item)]))]),
    ];
    paper.flow.put(words(paper, spans, part, { before: 1.5 }));
  });
  putMore(paper, part, derivation.length - most);
}

/** Every item that is not derived, once; the parts add up to the whole, and the sum is printed. */
function putCounts(paper: Paper): void {
  const { counts } = paper.report;
  const part = chapter(paper, "counts", "Items");
  const parts = counts.byStatus.map(({ status, count, good }) => [
    bold(`${count}\u00a0`),
    ...sign(signOfStatus(status, good === count)),
  ]);
  paper.flow.put(
    words(paper, [...joined(parts, "   +   "), text("   =   "), bold(`${counts.total} items`)], part),
  );
}

function putDue(paper: Paper, most: number, title = "Due next", id = "due"): void {
  const { due } = paper.report;
  if (due.length === 0) return;
  const part = chapter(paper, id, title);
  for (const { item, owner, due: at } of due.slice(0, most)) {
    const spans = [
      itemName(paper, item),
      text(", due "),
      ...moment(at),
      ...(owner === null ? [] : [soft(`, ${owner}`)]),
    ];
    paper.flow.put(words(paper, spans, part, { before: 1.5 }));
  }
  putMore(paper, part, due.length - most);
}
