/** Who took part, the change itself, what an auditor asks for and where it is, and how to verify all of it. */
import type { Element } from "hast";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import { address, chapter, digest, joined, moment, person, reportTable, terms } from "./pieces.ts";

export function renderChange({ change, deployment, window, answers, fields }: Report): Element {
  const given: (readonly [string, Content | null])[] = [
    ["Reason", change.reason],
    ["Description", change.description],
    ["Impact", change.impact],
    ["Security impact", change.securityImpact],
    ["Expected", change.expected],
    ["Requested by", change.requester === null ? null : person(change.requester)],
    [
      "Approved in advance",
      change.preapproval === null
        ? null
        : [
            change.preapproval.id,
            change.preapproval.validUntil === null
              ? null
              : [", valid until ", moment(change.preapproval.validUntil)],
          ],
    ],
    [
      "Planned",
      window.plannedStart === null ? null : [moment(window.plannedStart), " to ", moment(window.plannedEnd)],
    ],
    ...answers.map(({ label, answer }): readonly [string, Content] => [
      label,
      answer ?? el("b", {}, "NOT ANSWERED"),
    ]),
    ...fields.map(({ label, value, required }): readonly [string, Content] => [
      label,
      value ?? (required ? el("b", {}, "NOT FILLED IN") : "–"),
    ]),
  ];
  return chapter(
    "change",
    "The change",
    terms(given.filter((pair): pair is readonly [string, Content] => pair[1] !== null)),
    change.work.length === 0
      ? null
      : reportTable(
          "Work in it",
          [
            { head: "What", cell: ({ url }) => address(url, url ?? "–") },
            { head: "Authors", cell: ({ authors }) => joined(authors.map(person)) },
            { head: "Approved by", cell: ({ approvers }) => joined(approvers.map(person)) },
            { head: "Tests", cell: ({ tests }) => tests ?? "–" },
          ],
          change.work,
        ),
    deployment.artifacts.length === 0
      ? null
      : reportTable(
          "Artifacts",
          [
            { head: "Artifact", cell: ({ name }) => name },
            { head: "SHA-256", cell: ({ sha256 }) => digest(sha256) },
          ],
          deployment.artifacts,
        ),
  );
}

export function renderPeople({ people, handovers }: Report): Content {
  if (people.length === 0) return null;
  return chapter(
    "people",
    "People",
    reportTable(
      "People",
      [
        { head: "Name", cell: ({ name }) => name },
        { head: "Role", cell: ({ role }) => role ?? "–" },
        { head: "Identity", cell: ({ identity }) => identity },
        { head: "Id", cell: ({ id }) => el("code", {}, id) },
      ],
      people,
    ),
    handovers.length === 0
      ? null
      : reportTable(
          "Handovers",
          [
            { head: "Role", cell: ({ role }) => role },
            { head: "From", cell: ({ from }) => person(from) },
            { head: "To", cell: ({ to }) => person(to) },
            { head: "At", cell: ({ at }) => moment(at) },
          ],
          handovers,
        ),
  );
}

export function renderCompleteness({ completeness }: Report): Element {
  return chapter(
    "completeness",
    "What an audit asks for",
    reportTable(
      "What an audit asks for, and where it is",
      [
        { head: "Asked", cell: ({ asks }) => asks },
        { head: "Answer", cell: ({ answer }) => answer ?? el("b", {}, "not provided") },
        { head: "Supports", cell: ({ serves }) => el("span.soft", {}, serves) },
      ],
      completeness,
    ),
  );
}

export function renderProvenance(report: Report, reportUrl: string, versionUrl: string): Element {
  const { provenance, checklist } = report;
  return chapter(
    "provenance",
    "Where this comes from, and how to verify it",
    terms([
      ["Checklist", [`${checklist.id} ${checklist.version} `, digest(provenance.checklistDigest)]],
      [
        "What changed since",
        el(
          "a",
          { href: versionUrl.replace(/[^/]+\/$/, "") },
          "versions of this checklist, and how they differ",
        ),
      ],
      ["Roster", digest(provenance.rosterDigest)],
      ["Rules", report.rules],
      ["Schema", provenance.schema],
      ["Tool", provenance.tool ?? "–"],
      ["This report", el("a", { href: reportUrl }, reportUrl)],
      [
        "Record",
        [
          el("a", { href: `${reportUrl}record.json` }, "record.json"),
          ", ",
          el("a", { href: `${reportUrl}report.pdf` }, "report.pdf"),
        ],
      ],
    ]),
    reportTable(
      "Records of this run up to here",
      [
        { head: "Record", cell: ({ number }) => String(number) },
        { head: "As of", cell: ({ asOf }) => moment(asOf) },
        { head: "Received", cell: ({ receivedAt }) => moment(receivedAt) },
        { head: "By way of", cell: ({ source }) => source ?? "–" },
        { head: "Digest of the record", cell: (row) => digest(row.digest) },
      ],
      provenance.records,
    ),
    el(
      "p.soft",
      {},
      "To verify without this software: the SHA-256 of record.json (RFC 8785 canonical JSON, exactly its bytes) is the digest printed above for the newest record; the SHA-256 of the checklist's source.md is the checklist's digest. Any change to either changes the digest. Digests show that nothing was changed; they do not show that what was typed is true, nor who typed a name.",
    ),
  );
}
