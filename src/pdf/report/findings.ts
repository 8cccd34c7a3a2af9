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

export function putDecisions(paper: Paper): void {
  const { decisions, rollback } = paper.report;
  if (decisions.length === 0 && rollback === null) return;
  const part = chapter(paper, "decisions", "Decisions");
  if (decisions.length > 0) {
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
  if (rollback === null) return;
  const sections = rollback.paths.map(({ id, number, text: name }) => [
    linkTo(paper, id, `${number} ${name}`),
  ]);
  terms(paper, part, [
    ["Rollback", [bold(rollback.verified ? "↶ verified" : "↶ NOT VERIFIED")]],
    ["Trigger", rollback.trigger === null ? [text("–")] : [itemName(paper, rollback.trigger)]],
    ["At", moment(rollback.at)],
    ["Paths taken", joined(sections)],
    ["Verified by", joined(rollback.verifiedBy.map((item) => [itemName(paper, item)]))],
    ["Outcome", [text(rollback.outcome ?? "–")]],
  ]);
}

export function putExceptions(paper: Paper): void {
  const { exceptions, undispositioned, notes } = paper.report;
  const part = chapter(paper, "exceptions", "Exceptions");
  if (exceptions.length === 0) paper.flow.put(words(paper, [text("None.")], part));
  if (undispositioned > 0) {
    const says = [bold(`${undispositioned} of ${exceptions.length}`), text(" without a disposition.")];
    paper.flow.put(words(paper, says, part, { keep: true }));
  }
  if (exceptions.length > 0) facts(paper, part, exceptions);
  if (notes.length === 0) return;
  paper.flow.put(
    words(paper, [bold(notes.length === 1 ? "1 note" : `${notes.length} notes`)], part, {
      keep: true,
      before: 8,
    }),
  );
  facts(paper, part, notes);
}

function facts(paper: Paper, part: Tag, rows: readonly Fact[]): void {
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

export function putSignatures(paper: Paper): void {
  const { signatures } = paper.report;
  const part = chapter(paper, "signatures", "Signatures");
  if (signatures.length === 0) {
    paper.flow.put(words(paper, [text("The checklist asks for none, and nobody signed.")], part));
    return;
  }
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
        cell: ({ grade, witness }) => [
          text(grade),
          ...(witness === null ? [] : [text(", witness "), ...person(witness)]),
        ],
      },
    ],
    signatures,
  );
}

function signer(state: Report["signatures"][number]["state"], by: Report["lead"]): Span[] {
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
