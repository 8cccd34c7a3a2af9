/** What follows the items: corrections, incidents, commands, messages, the review, the evidence. */
import type { EvidenceReport } from "../../model/report.ts";
import { codeBox } from "../code.ts";
import { type Pictures, putPictures } from "./pictures.ts";
import {
  bold,
  chapter,
  code,
  digest,
  itemName,
  itemNumber,
  joined,
  linkTo,
  moment,
  type Paper,
  person,
  subheading,
  table,
  text,
  words,
} from "./pieces.ts";

export function putCorrections(paper: Paper): void {
  const { corrections } = paper.report;
  const part = chapter(paper, "corrections", "Corrections");
  if (corrections.length === 0) {
    paper.flow.put(words(paper, [text("None.")], part));
    return;
  }
  table(
    paper,
    part,
    [
      {
        head: "What",
        cell: ({ item, pointer }) => [
          ...(item === null ? [] : [itemName(paper, item), text(" ")]),
          code(pointer),
        ],
      },
      { head: "Old", cell: ({ old }) => [old === null ? text("–") : text(old, { strike: true })] },
      { head: "New", cell: ({ new: now }) => [bold(now ?? "–")] },
      { head: "By, at", cell: ({ by, at }) => [...person(by), text("\n"), ...moment(at)] },
      { head: "Why", cell: ({ reason }) => [text(reason)] },
      { head: "Record", cell: ({ record }) => [text(String(record))] },
    ],
    corrections,
  );
}

export function putIncidents(paper: Paper): void {
  const { incidents } = paper.report;
  if (incidents.length === 0) return;
  const part = chapter(paper, "incidents", "Incidents");
  table(
    paper,
    part,
    [
      { head: "At", cell: ({ at }) => moment(at) },
      { head: "Severity", cell: ({ severity }) => [text(severity ?? "–")] },
      {
        head: "What",
        cell: ({ text: says, item }) => [
          text(says),
          ...(item === null ? [] : [text(" ("), itemName(paper, item), text(")")]),
        ],
      },
      {
        head: "Notified",
        cell: ({ notified }) =>
          joined(
            notified.map(({ who, level, at, acknowledged }) => [
              text(`${who}${level === null ? "" : ` (level ${level})`}`),
              ...(at === null ? [] : [text(" "), ...moment(at)]),
              ...(acknowledged === null ? [] : [text(", acknowledged "), ...moment(acknowledged)]),
            ]),
          ),
      },
    ],
    incidents,
  );
}

export function putCommands(paper: Paper): void {
  const { commands, evidence } = paper.report;
  if (commands.length === 0) return;
  const part = chapter(paper, "commands", "Commands as they were run");
  table(
    paper,
    part,
    [
      { head: "Command", cell: ({ command }) => [text(command)] },
      { head: "Ran", cell: ({ ran }) => [ran === null ? text("–") : code(ran)] },
      { head: "By, at", cell: ({ by, at }) => [...person(by), text("\n"), ...moment(at)] },
      {
        head: "Exit",
        align: "right",
        cell: ({ exit }) => [text(exit === null ? "–" : String(exit))],
      },
      {
        head: "Output",
        cell: ({ output }) => [text(evidence.find(({ id }) => id === output)?.name ?? output ?? "–")],
      },
    ],
    commands,
  );
}

export function putMessages(paper: Paper): void {
  const { messages } = paper.report;
  if (messages.length === 0) return;
  const part = chapter(paper, "messages", "Messages sent");
  for (const { title, text: says, at, by, channel } of messages) {
    const head = [
      bold(title),
      text("  "),
      ...moment(at),
      text(", "),
      ...person(by),
      ...(channel === null ? [] : [text(`, by ${channel}`)]),
    ];
    paper.flow.put(
      words(paper, head, part, { keep: true, before: 6 }),
      codeBox(paper.document, says, () => part().add("P"), { width: paper.flow.width, before: 2 }),
    );
  }
}

export function putReview(paper: Paper): void {
  const { review, actions } = paper.report;
  if (review === null && actions.length === 0) return;
  const part = chapter(paper, "review", "Review and actions");
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    paper.flow.put(
      subheading(paper, title, part),
      ...lines.map((line) => words(paper, [text(`•  ${line}`)], part, { before: 1.5 })),
    );
  };
  if (review !== null) {
    if (review.at !== null) paper.flow.put(words(paper, [text("Held "), ...moment(review.at)], part));
    list("What went well", review.well);
    list("What to improve", review.improve);
    const next =
      review.next === null
        ? []
        : [review.next.version, review.next.date, review.next.lead].filter((one) => one !== null);
    if (next.length > 0) paper.flow.put(words(paper, [text(`Next: ${next.join(", ")}`)], part));
  }
  if (review !== null && review.actions.length > 0) {
    paper.flow.put(subheading(paper, "Actions of the review", part));
    table(
      paper,
      part,
      [
        { head: "Action", cell: ({ text: says }) => [text(says)] },
        { head: "Owner", cell: ({ owner }) => [owner === null ? bold("NOBODY") : text(owner)] },
        { head: "Due", cell: ({ due }) => [text(due ?? "–")] },
        { head: "Done", cell: ({ done }) => [text(done ?? "open")] },
      ],
      review.actions,
    );
  }
  if (actions.length === 0) return;
  paper.flow.put(subheading(paper, "Items that outlive the run", part));
  table(
    paper,
    part,
    [
      {
        head: "Item",
        cell: ({ item }) => [linkTo(paper, item.id, `${item.number} ${item.text}`)],
      },
      { head: "Owner", cell: ({ owner }) => [owner === null ? bold("NOBODY") : text(owner)] },
      { head: "Due", cell: ({ due }) => [text(due ?? "–")] },
      { head: "Reason", cell: ({ reason }) => [text(reason ?? "–")] },
    ],
    actions,
  );
}

const KEPT: Readonly<Record<EvidenceReport["kept"], string>> = {
  matches: "✓ matches",
  differs: "✕ DIFFERS",
  missing: "✕ MISSING",
  unchecked: "? not checked",
};

/** @param pictures their bytes, for those that are small enough */
export function putEvidence(paper: Paper, pictures: Pictures): void {
  const { evidence } = paper.report;
  const part = chapter(paper, "evidence", "Evidence");
  if (evidence.length === 0) {
    paper.flow.put(words(paper, [text("None was handed in.")], part));
    return;
  }
  table(
    paper,
    part,
    [
      {
        head: "Name",
        cell: ({ name, pair }) => [text(name), ...(pair === null ? [] : [bold(` ${pair}`)])],
      },
      {
        head: "Type, bytes",
        cell: ({ type, bytes }) => [text(`${type ?? "–"}\n${bytes === null ? "–" : bytes}`)],
      },
      { head: "Items", cell: ({ items }) => joined(items.map((item) => [itemNumber(paper, item)])) },
      {
        head: "By, at",
        cell: ({ by, at }) => [...person(by), ...(at === null ? [] : [text("\n"), ...moment(at)])],
      },
      {
        head: "Kept",
        cell: ({ kept }) => [kept === "matches" ? text(KEPT[kept]) : bold(KEPT[kept])],
      },
      { head: "SHA-256", cell: ({ sha256 }) => digest(sha256) },
    ],
    evidence,
  );
  putPictures(paper, pictures, part);
}
