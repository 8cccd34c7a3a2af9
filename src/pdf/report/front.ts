/** Page one: what was deployed, how it went and why, in thirty seconds. */
import type { Fact } from "../../model/fact.ts";
import type { Report } from "../../model/report.ts";
import { signOfFinding, signOfOutcome, signOfSeverity, signOfStatus } from "../../model/sign.ts";
import { label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { BODY, GRAY, HEAD, SMALL, TITLE } from "../scale.ts";
import { type Span, setLine } from "../text.ts";
import { countsOfGlance } from "./glance.ts";
import {
  address,
  bold,
  chapter,
  code,
  itemName,
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

export function putHead(paper: Paper, organisation: string): void {
  const { report, document, flow } = paper;
  const { deployment, checklist } = report;
  const what = `${checklist.product ?? checklist.title}${deployment.to === null ? "" : ` ${deployment.to}`}`;
  const root: Tag = () => document.root;
  const kind = report.interim ? `interim report ${report.number}` : `report ${report.number}`;
  const title: Span[] = [{ text: `${what} to ${deployment.environment}`, style: "bold", size: TITLE.size }];
  flow.put(
    paragraph(document, title, () => document.root.add("H1"), { width: flow.width, type: TITLE, keep: true }),
    words(paper, [soft(`${organisation} · ${kind} of run ${report.run}`)], root, { keep: true, before: 0 }),
    verdictBox(paper),
    words(paper, [{ text: report.headline, style: "regular", size: BODY.size }], root, {
      type: BODY,
      before: 6,
    }),
  );
}

/** Outcome and finding as the largest words of the page after its title. */
function verdictBox(paper: Paper): Box {
  const { report, document, flow } = paper;
  const { interim } = report;
  const parts = [signOfOutcome(report.outcome), signOfFinding(report.finding)].map(({ mark, word }) =>
    setLine([{ text: `${mark}  ${word}`, style: "bold", size: HEAD.size }], document),
  );
  const heads = ["Outcome", "Finding"].map((head) => label(document, head));
  const mark = setLine(
    [{ text: `INTERIM ${report.number}`, style: "bold", size: HEAD.size, gray: 1 }],
    document,
  );
  const height = 40;
  return {
    height,
    before: 8,
    keep: true,
    draw(page, x, y) {
      const element = lazy(() => document.root.add("P"));
      page.artifact(() => page.rectangle(x, y, flow.width, height, { weight: 1.4 }));
      const column = flow.width / 3;
      parts.forEach((line, i) => {
        const left = x + 10 + i * column;
        if (i > 0) page.artifact(() => page.line(left - 10, y, left - 10, y + height, { weight: 0.6 }));
        const head = heads[i];
        if (head) page.tagged(element(), () => page.text(head.pieces, left, y + 13));
        page.tagged(element(), () => page.text(line.pieces, left, y + 30));
      });
      if (!interim) return;
      const left = x + flow.width - mark.width - 24;
      page.artifact(() => page.fill(left, y + 9, mark.width + 14, 22, 0));
      page.tagged(element(), () => page.text(mark.pieces, left + 7, y + 24.5));
    },
  };
}

export function putIdentity(paper: Paper): void {
  const { report, document } = paper;
  const { deployment, change, window, checklist } = report;
  const begun = window.start ?? window.plannedStart;
  const part = lazy(() => document.root.add("Sect"));
  paper.flow.put({ height: 4, draw: () => undefined });
  terms(
    paper,
    part,
    [
      [
        "Deployed",
        [bold(`${deployment.from ?? "–"} → ${deployment.to ?? "–"}`), text(` in ${deployment.environment}`)],
      ],
      [
        "Checklist",
        [...address(paper.versionUrl, `${checklist.id} ${checklist.version}`), text(`, ${checklist.title}`)],
      ],
      [
        "Began",
        begun === null
          ? [text("–")]
          : [...moment(begun), ...(window.start === null ? [text(" (planned)")] : [])],
      ],
      ["Ended", moment(window.end)],
      ["Led by", person(report.lead)],
      ["As of", moment(report.asOf)],
      ["Change", [...address(change.url, change.id ?? "without a number"), text(`, ${change.type}`)]],
      ["Commit", deployment.commit === null ? [text("–")] : [code(deployment.commit)]],
    ],
    2,
  );
  paper.flow.put(glanceBox(paper, part));
}

/** Four sums that say how much of it is behind the verdict, so that the first page is enough. */
function glanceBox(paper: Paper, parent: Tag): Box {
  const { document, flow, report } = paper;
  const cells = countsOfGlance(report).map(({ figure, says }) => ({
    figure: setLine([{ text: figure, style: "bold", size: HEAD.size }], document),
    says: paragraph(document, [soft(says)], () => parent().add("P"), {
      width: flow.width / 4 - 12,
      type: SMALL,
    }),
  }));
  const height = 20 + Math.max(...cells.map((cell) => cell.says.height)) + 5;
  return {
    height,
    before: 8,
    draw(page, x, y) {
      page.artifact(() => {
        page.line(x, y, x + flow.width, y, { weight: 0.5, gray: GRAY.rule });
        page.line(x, y + height, x + flow.width, y + height, { weight: 0.5, gray: GRAY.rule });
      });
      cells.forEach(({ figure, says }, i) => {
        const left = x + (i * flow.width) / 4;
        page.tagged(parent().add("P"), () => page.text(figure.pieces, left, y + 16));
        says.draw(page, left, y + 20);
      });
    },
  };
}

export function putWhy(paper: Paper): void {
  const { derivation } = paper.report;
  const part = chapter(paper, "why", "Why this outcome and this finding");
  derivation.forEach(({ says, rule, items }, i) => {
    const spans = [
      soft(`${i + 1}.  `),
      text(says),
      ...(rule === null ? [] : [text(" "), code(rule)]),
      ...(items.length === 0 ? [] : [text(": "), ...joined(items.map((item) => [itemName(paper, item)]))]),
    ];
    paper.flow.put(words(paper, spans, part, { before: 1.5 }));
  });
}

/** Every item that is not derived, once; the parts add up to the whole, and the sum is printed. */
export function putCounts(paper: Paper): void {
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

export function putDue(paper: Paper): void {
  const { due } = paper.report;
  if (due.length === 0) return;
  const part = chapter(paper, "due", "Due next");
  for (const { item, owner, due: at } of due) {
    const spans = [
      itemName(paper, item),
      text(", due "),
      ...moment(at),
      ...(owner === null ? [] : [soft(`, ${owner}`)]),
    ];
    paper.flow.put(words(paper, spans, part, { before: 1.5 }));
  }
}

export function putDecisions(paper: Paper): void {
  const { decisions, rollback } = paper.report;
  if (decisions.length === 0 && rollback === null) return;
  const part = chapter(paper, "decisions", "Decisions");
  if (decisions.length > 0) {
    table(
      paper,
      part,
      [
        { head: "Decision", share: 14, cell: ({ decision }) => [bold(decision)] },
        {
          head: "In",
          share: 22,
          cell: ({ section }) =>
            section === null ? [text("–")] : [linkTo(paper, section.id, `${section.number} ${section.text}`)],
        },
        { head: "By", share: 22, cell: ({ by }) => person(by) },
        { head: "At", share: 22, cell: ({ at }) => moment(at) },
        { head: "On what basis", share: 34, cell: ({ basis }) => [text(basis ?? "–")] },
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
      { head: "Severity", share: 15, cell: ({ severity }) => sign(signOfSeverity(severity)) },
      { head: "What", share: 46, cell: ({ reason, rule }) => [text(reason), text(" "), code(rule)] },
      { head: "Items", share: 30, cell: ({ items }) => joined(items.map((item) => [itemName(paper, item)])) },
      { head: "Disposition", share: 26, cell: disposition },
      { head: "Supports", share: 18, cell: ({ serves }) => [soft(serves.join(", "))] },
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
      { head: "Role", share: 20, cell: ({ role }) => [text(role)] },
      { head: "Meaning", share: 14, cell: ({ meaning }) => [text(meaning ?? "–")] },
      { head: "Scope", share: 26, cell: ({ scope }) => [text(scope)] },
      { head: "Signed by", share: 30, cell: ({ state, by }) => signer(state, by) },
      { head: "At", share: 22, cell: ({ at }) => moment(at) },
      {
        head: "Identity",
        share: 24,
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
      return [bold("✓\u00a0"), text("signed "), ...person(by)];
    case "unasked":
      return [text("·\u00a0not asked for "), ...person(by)];
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
