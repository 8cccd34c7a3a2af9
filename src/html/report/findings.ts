/** What a reviewer has to see first: exceptions with their dispositions, signatures, departures from the defaults. */
import type { Element } from "hast";
import type { Fact } from "../../model/fact.ts";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import {
  chapter,
  moment,
  person,
  reasonWithItems,
  reportTable,
  ruleName,
  severityStatus,
  status,
} from "./pieces.ts";

/** @param site address of the published site, where each rule has a page */
export function renderExceptions({ exceptions, undispositioned, notes }: Report, site: string): Element {
  return chapter(
    "exceptions",
    "Exceptions",
    exceptions.length === 0
      ? el("p", {}, "None.")
      : [
          undispositioned === 0
            ? null
            : el(
                "p",
                {},
                el("b", {}, `${undispositioned} of ${exceptions.length}`),
                " without a disposition.",
              ),
          facts("Exceptions, worst first", exceptions, site),
        ],
    notes.length === 0
      ? null
      : el(
          "details",
          {},
          el("summary", {}, notes.length === 1 ? "1 note" : `${notes.length} notes`),
          facts("Notes", notes, site),
        ),
  );
}

function facts(name: string, rows: readonly Fact[], site: string): Element {
  return reportTable(
    name,
    [
      { head: "Severity", cell: ({ severity }) => severityStatus(severity) },
      {
        head: "What",
        cell: ({ reason, rule, items }) => [reasonWithItems(reason, items), " ", ruleName(rule, site)],
      },
      { head: "Disposition", cell: disposition },
      { head: "Supports", cell: ({ serves }) => el("span.soft", {}, serves.join(", ")) },
    ],
    rows,
  );
}

function disposition({ severity, disposition: given }: Fact): Content {
  if (given === null) return severity === "note" ? "–" : el("b", {}, "NONE");
  return [
    given.accepted === null ? null : ["accepted: ", given.accepted],
    given.accepted !== null && given.action !== null ? "; " : null,
    given.action === null ? null : ["action: ", given.action],
    " (",
    person(given.by),
    ", ",
    moment(given.at),
    ")",
  ];
}

export function renderSignatures({ signatures }: Report): Element {
  return chapter(
    "signatures",
    "Signatures",
    signatures.length === 0
      ? el("p", {}, "The checklist asks for none, and nobody signed.")
      : reportTable(
          "Signatures",
          [
            { head: "Role", cell: ({ role }) => role },
            { head: "Meaning", cell: ({ meaning }) => meaning ?? "–" },
            { head: "Scope", cell: ({ scope }) => scope },
            { head: "Signed by", cell: signer },
            { head: "At", cell: ({ at }) => moment(at) },
            {
              head: "Identity",
              cell: ({ grade, key, witness }) => [
                grade,
                key === null ? null : [", ", el("code", {}, key)],
                witness === null ? null : [", witness ", person(witness)],
              ],
            },
          ],
          signatures,
        ),
  );
}

function signer({ state, method, by }: Report["signatures"][number]): Content {
  switch (state) {
    case "signed":
      // A typed name is a name that somebody typed.
      return [status("✓", method === "typed" ? "typed" : "signed", "good"), " ", person(by)];
    case "unasked":
      return [status("·", "not asked for", "quiet"), " ", person(by)];
    case "not signed":
      return status("✕", "NOT SIGNED", "bad");
    case "not due":
      return status("◔", "not due", "quiet");
    case "not needed":
      return status("·", "not needed", "quiet");
    default:
      return state satisfies never;
  }
}

export function renderDepartures({ departures }: Report, site: string): Content {
  if (departures.length === 0) return null;
  return chapter(
    "departures",
    "Where this installation judges otherwise than the defaults",
    el(
      "ul",
      {},
      departures.map(({ rule, default: usual, here }) =>
        el("li", {}, ruleName(rule, site), `: ${here} here, ${usual} by default`),
      ),
    ),
  );
}
