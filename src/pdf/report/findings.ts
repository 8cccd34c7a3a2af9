/** What a reviewer looks at first: decisions, exceptions with their dispositions, signatures, departures. */
import type { Fact } from "../../model/fact.ts";
import type { Report } from "../../model/report.ts";
import { signOfSeverity } from "../../model/sign.ts";
import type { Tag } from "../lazy.ts";
import type { Span } from "../text.ts";
import {
  bold,
  chapter,
  code,
  itemName,
  itemNumber,
  joined,
  linkTo,
  moment,
  type Paper,
  person,
  sign,
  soft,
  table,
  terms,
  text,
  words,
} from "./pieces.ts";

export function decisionTable(paper: Paper, part: Tag, decisions: Report["decisions"]): void {
  table(
    paper,
    part,
    [
      { head: "Decision", cell: ({ decision }) => [bold(decision)] },
      {
        head: "In",
        cell: ({ section }) =>
          section === null ? [text("–")] : [linkTo(paper, section.id, `${section.number} ${section.text}`)],
      },
      { head: "By", cell: ({ by }) => person(by) },
      { head: "At", cell: ({ at }) => moment(at) },
      { head: "On what basis", cell: ({ basis }) => [text(basis ?? "–")] },
    ],
    decisions,
  );
}

export function putRollback(paper: Paper, part: Tag): void {
  const { rollback } = paper.report;
  if (rollback === null) return;
  const sections = rollback.paths.map(({ id, number, text: name }) => [
    linkTo(paper, id, `${number} ${name}`),
  ]);
  const pairs: readonly (readonly [string, readonly Span[]])[] = [
    ["Rollback", [bold(rollback.verified ? "↶ verified" : "↶ NOT VERIFIED")]],
    ["Trigger", rollback.trigger === null ? [text("–")] : [itemName(paper, rollback.trigger)]],
    ["At", moment(rollback.at)],
    ["Paths taken", joined(sections)],
    [
      rollback.verified ? "Verified by" : "To be verified by",
      joined(rollback.verifiedBy.map((item) => [itemName(paper, item)])),
    ],
    ["Outcome", [text(rollback.outcome ?? "–")]],
  ];
  terms(paper, part, pairs, 2);
}

/** How many exceptions nobody has accepted or turned into an action. */
export function undispositioned(paper: Paper, part: Tag): void {
  const { exceptions, undispositioned: open } = paper.report;
  if (open === 0) return;
  const says = [bold(`${open} of ${exceptions.length}`), text(" without a disposition.")];
  paper.flow.put(words(paper, says, part, { keep: true }));
}

export function putExceptions(paper: Paper, title: string, id = "exceptions"): void {
  const { exceptions } = paper.report;
  const part = chapter(paper, id, title);
  if (exceptions.length === 0) {
    paper.flow.put(words(paper, [text("None.")], part));
    return;
  }
  undispositioned(paper, part);
  factTable(paper, part, exceptions);
}

/** What a reviewer may know, and need not act on. */
export function putNotes(paper: Paper): void {
  const { notes } = paper.report;
  if (notes.length === 0) return;
  const title = notes.length === 1 ? "1 note" : `${notes.length} notes`;
  factTable(paper, chapter(paper, "notes", title), notes);
}

function factTable(paper: Paper, part: Tag, rows: readonly Fact[]): void {
  table(
    paper,
    part,
    [
      { head: "Severity", cell: ({ severity }) => sign(signOfSeverity(severity)) },
      { head: "What", cell: ({ reason, rule }) => [text(reason), text(" "), code(rule)] },
      {
        head: "Items",
        cell: ({ items }) => joined(items.map((item) => [itemNumber(paper, item)])),
      },
      { head: "Disposition", cell: disposition },
      { head: "Supports", cell: ({ serves }) => [soft(serves.join(", "))] },
    ],
    rows,
  );
}

function disposition({ severity, disposition: given }: Fact): Span[] {
  if (given === null) return [severity === "note" ? text("–") : bold("NONE")];
  const says = [
    ...(given.accepted === null ? [] : [`accepted: ${given.accepted}`]),
    ...(given.action === null ? [] : [`action: ${given.action}`]),
  ];
  return [text(`${says.join("; ")} (`), ...person(given.by), text(", "), ...moment(given.at), text(")")];
}

export function putSignatures(paper: Paper, title: string, id = "signatures"): void {
  const { signatures } = paper.report;
  const part = chapter(paper, id, title);
  if (signatures.length > 0) signatureTable(paper, part, signatures);
  else paper.flow.put(words(paper, [text("The checklist asks for none, and nobody signed.")], part));
}

function signatureTable(paper: Paper, part: Tag, signatures: Report["signatures"]): void {
  table(
    paper,
    part,
    [
      { head: "Role", cell: ({ role }) => [text(role)] },
      { head: "Meaning", cell: ({ meaning }) => [text(meaning ?? "–")] },
      { head: "Scope", cell: ({ scope }) => [text(scope)] },
      { head: "Signed by", cell: ({ state, by }) => signer(state, by) },
      { head: "At", cell: ({ at }) => moment(at) },
      {
        head: "Identity",
        cell: ({ grade, key, witness }) => [
          text(grade),
          ...(key === null ? [] : [text(", "), code(key)]),
          ...(witness === null ? [] : [text(", witness "), ...person(witness)]),
        ],
      },
    ],
    signatures,
  );
}

/** Who signed, or that nobody did: a mark and words. */
export function signer(state: Report["signatures"][number]["state"], by: Report["lead"]): Span[] {
  switch (state) {
    case "signed":
      return [bold("✓\u00a0"), text(by?.name ?? "–")];
    case "unasked":
      return [text(`·\u00a0not asked for: ${by?.name ?? "–"}`)];
    case "not signed":
      return [bold("✕\u00a0NOT SIGNED")];
    case "not due":
      return [text("◔\u00a0not due")];
    case "not needed":
      return [text("·\u00a0not needed")];
    default:
      return state satisfies never;
  }
}

export function putDepartures(paper: Paper): void {
  const { departures } = paper.report;
  if (departures.length === 0) return;
  const part = chapter(paper, "departures", "Where this installation judges otherwise than the defaults");
  for (const { rule, default: usual, here } of departures) {
    paper.flow.put(
      words(paper, [code(rule), text(`: ${here} here, ${usual} by default`)], part, { before: 1.5 }),
    );
  }
}
