/**
 * Page one: what answers a reviewer in thirty seconds. Lists are cut to what the page holds; what is cut says how
 * much is missing, and stands whole from page two on.
 */
import { signOfStatus } from "../../model/sign.ts";
import type { Tag } from "../lazy.ts";
import {
  decisionTable,
  factTable,
  putDepartures,
  putExceptions,
  putRollback,
  putSignatures,
  signatureTable,
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
  sign,
  soft,
  text,
  words,
} from "./pieces.ts";

/** How many rows a list may have on page one, from all of them down to one. */
export const CUTS: readonly number[] = [Number.POSITIVE_INFINITY, 12, 8, 6, 5, 4, 3, 2, 1];

/** Page one after its identity; no list has more than `most` rows. */
export function putFirst(paper: Paper, most: number): void {
  const { decisions, exceptions, signatures, rollback } = paper.report;
  putWhy(paper, most, "Why this outcome and this finding");
  putCounts(paper);
  putDue(paper, most);
  if (decisions.length > 0 || rollback !== null) {
    const part = chapter(paper, "decisions", "Decisions");
    if (decisions.length > 0) decisionTable(paper, part, decisions.slice(0, most));
    putMore(paper, part, decisions.length - most);
    putRollback(paper, part);
  }
  limitsLine(paper, most);
  if (most >= exceptions.length) putExceptions(paper, "Exceptions");
  else {
    const part = chapter(paper, "exceptions", "Exceptions");
    undispositioned(paper, part);
    factTable(paper, part, exceptions.slice(0, most).map(shortened));
    putMore(paper, part, exceptions.length - most);
  }
  if (most >= signatures.length) putSignatures(paper, "Signatures");
  else {
    // Absent ones first: what is not there is what a reviewer has to see.
    const part = chapter(paper, "signatures", "Signatures");
    const absent = signatures.filter(({ state }) => state === "not signed");
    const given = signatures.filter(({ state }) => state !== "not signed");
    signatureTable(paper, part, [...absent, ...given].slice(0, most));
    putMore(paper, part, signatures.length - most);
  }
  putDepartures(paper);
}

const SHORT = 220;

function shortened<T extends { readonly reason: string }>(fact: T): T {
  return fact.reason.length > SHORT ? { ...fact, reason: `${fact.reason.slice(0, SHORT).trimEnd()}…` } : fact;
}

function putMore(paper: Paper, part: Tag, more: number): void {
  if (more > 0) paper.flow.put(words(paper, [bold(`and ${more} more, from page 2 on`)], part, { before: 2 }));
}

/** Whole lists of what page one could only begin. */
export function putRest(paper: Paper, most: number): void {
  const { decisions, derivation, due, exceptions, signatures } = paper.report;
  if (![decisions, derivation, due, exceptions, signatures].some(({ length }) => length > most)) return;
  const all = (what: string, { length }: readonly unknown[]): string => `${what}, all ${length}`;
  paper.flow.nextPage();
  const whole = Number.POSITIVE_INFINITY;
  if (derivation.length > most) putWhy(paper, whole, "Why this outcome and this finding, in full", "why-all");
  if (due.length > most) putDue(paper, whole, all("Due next", due), "due-all");
  if (decisions.length > most)
    decisionTable(paper, chapter(paper, "decisions-all", all("Decisions", decisions)), decisions);
  if (exceptions.length > most) putExceptions(paper, all("Exceptions", exceptions), "exceptions-all");
  if (signatures.length > most) putSignatures(paper, all("Signatures", signatures), "signatures-all");
}

function putWhy(paper: Paper, most: number, title: string, id = "why"): void {
  const { derivation } = paper.report;
  const part = chapter(paper, id, title);
  derivation.slice(0, most).forEach(({ says, rule, items }, i) => {
    const cut = says.length > SHORT && Number.isFinite(most) ? `${says.slice(0, SHORT).trimEnd()}…` : says;
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
