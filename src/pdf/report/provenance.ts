/** Who took part, the change itself, what an auditor asks for and where it is, and how to verify all of it. */
import { qrBox } from "../qr.ts";
import { mm } from "../scale.ts";
import type { Span } from "../text.ts";
import {
  address,
  bold,
  chapter,
  code,
  digest,
  joined,
  moment,
  type Paper,
  person,
  soft,
  subheading,
  table,
  terms,
  text,
  words,
} from "./pieces.ts";

type Pair = readonly [string, readonly Span[]];

function given(term: string, value: string | null): Pair[] {
  return value === null ? [] : [[term, [text(value)]]];
}

export function putChange(paper: Paper): void {
  const { change, deployment, window, answers, fields } = paper.report;
  const { preapproval } = change;
  const part = chapter(paper, "change", "The change");
  terms(paper, part, [
    ...given("Reason", change.reason),
    ...given("Description", change.description),
    ...given("Impact", change.impact),
    ...given("Security impact", change.securityImpact),
    ...given("Expected", change.expected),
    ...(change.requester === null ? [] : [["Requested by", person(change.requester)] as const]),
    ...(preapproval === null
      ? []
      : [
          [
            "Approved in advance",
            [
              text(preapproval.id),
              ...(preapproval.validUntil === null
                ? []
                : [text(", valid until "), ...moment(preapproval.validUntil)]),
            ],
          ] as const,
        ]),
    ...(window.plannedStart === null
      ? []
      : [["Planned", [...moment(window.plannedStart), text(" to "), ...moment(window.plannedEnd)]] as const]),
    ...answers.map(
      ({ label, answer }): Pair => [label, [answer === null ? bold("NOT ANSWERED") : text(answer)]],
    ),
    ...fields.map(
      ({ label, value, required }): Pair => [
        label,
        [value === null ? (required ? bold("NOT FILLED IN") : text("–")) : text(value)],
      ],
    ),
  ]);
  if (change.work.length > 0) {
    paper.flow.put(subheading(paper, "Work in it", part));
    table(
      paper,
      part,
      [
        { head: "What", cell: ({ url }) => address(url, url ?? "–") },
        { head: "Authors", cell: ({ authors }) => joined(authors.map(person)) },
        { head: "Approved by", cell: ({ approvers }) => joined(approvers.map(person)) },
        { head: "Tests", cell: ({ tests }) => [text(tests ?? "–")] },
      ],
      change.work,
    );
  }
  if (deployment.artifacts.length === 0) return;
  paper.flow.put(subheading(paper, "Artifacts", part));
  table(
    paper,
    part,
    [
      { head: "Artifact", cell: ({ name }) => [text(name)] },
      { head: "SHA-256", cell: ({ sha256 }) => digest(sha256) },
    ],
    deployment.artifacts,
  );
}

export function putPeople(paper: Paper): void {
  const { people, handovers } = paper.report;
  if (people.length === 0) return;
  const part = chapter(paper, "people", "People");
  table(
    paper,
    part,
    [
      { head: "Name", cell: ({ name }) => [text(name)] },
      { head: "Role", cell: ({ role }) => [text(role ?? "–")] },
      { head: "Identity", cell: ({ identity }) => [text(identity)] },
      { head: "Id", cell: ({ id }) => [code(id)] },
    ],
    people,
  );
  if (handovers.length === 0) return;
  paper.flow.put(subheading(paper, "Handovers", part));
  table(
    paper,
    part,
    [
      { head: "Role", cell: ({ role }) => [text(role)] },
      { head: "From", cell: ({ from }) => person(from) },
      { head: "To", cell: ({ to }) => person(to) },
      { head: "At", cell: ({ at }) => moment(at) },
    ],
    handovers,
  );
}

export function putCompleteness(paper: Paper): void {
  const { completeness } = paper.report;
  const part = chapter(paper, "completeness", "What an audit asks for");
  table(
    paper,
    part,
    [
      { head: "Asked", cell: ({ asks }) => [text(asks)] },
      {
        head: "Answer",
        cell: ({ answer }) => [answer === null ? bold("not provided") : text(answer)],
      },
      { head: "Supports", cell: ({ serves }) => [soft(serves)] },
    ],
    completeness,
  );
}

const VERIFY =
  "To verify without this software: record.json and source.md are attached to this file (pdfdetach -saveall takes them out). The SHA-256 of record.json (RFC 8785 canonical JSON, exactly its bytes) is the digest printed above for the newest record; the SHA-256 of source.md is the checklist's digest. Any change to either changes the digest. Digests show that nothing was changed; they do not show that what was typed is true, nor who typed a name.";

const QR = mm(28);
const QR_GAP = 14;

export function putProvenance(paper: Paper): void {
  const { provenance, checklist, rules } = paper.report;
  const part = chapter(paper, "provenance", "Where this comes from, and how to verify it");
  terms(paper, part, [
    ["Checklist", [text(`${checklist.id} ${checklist.version}  `), ...digest(provenance.checklistDigest)]],
    ["Roster", digest(provenance.rosterDigest)],
    ["Rules", [text(rules)]],
    ["Schema", [text(provenance.schema)]],
    ["Tool", [text(provenance.tool ?? "–")]],
    ["This report", address(paper.reportUrl, paper.reportUrl)],
  ]);
  table(
    paper,
    part,
    [
      { head: "Record", cell: ({ number }) => [text(String(number))] },
      { head: "As of", cell: ({ asOf }) => moment(asOf) },
      { head: "Received", cell: ({ receivedAt }) => moment(receivedAt) },
      { head: "By way of", cell: ({ source }) => [text(source ?? "–")] },
      { head: "Digest of the record", cell: (row) => digest(row.digest) },
    ],
    provenance.records,
  );
  const says = words(paper, [text(VERIFY)], part, { width: paper.flow.width - QR - QR_GAP });
  const permalink = qrBox(paper.reportUrl, `QR code that leads to ${paper.reportUrl}`, QR, part);
  paper.flow.put({
    height: Math.max(QR, says.height),
    before: 6,
    draw(page, x, y) {
      says.draw(page, x, y);
      permalink.draw(page, x + paper.flow.width - QR, y);
    },
  });
}
