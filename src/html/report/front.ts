/** Page one: what was deployed, how it went and why, in thirty seconds. */
import type { Element } from "hast";
import type { Fact } from "../../model/fact.ts";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import { renderTable } from "../table.ts";
import {
  address,
  chapter,
  findingStatus,
  itemLink,
  itemStatus,
  joined,
  moment,
  outcomeStatus,
  person,
  reasonWithItems,
  severityStatus,
  status,
  terms,
} from "./pieces.ts";

export function renderHead(report: Report, product: string, organisation: string): Element {
  const { deployment } = report;
  const what = `${product}${deployment.to === null ? "" : ` ${deployment.to}`}`;
  return el(
    "header.head",
    {},
    el(
      "p.eyebrow",
      {},
      `${organisation} · ${report.interim ? `interim report ${report.number}` : `report ${report.number}`}`,
    ),
    el("h1", {}, `${what} to ${deployment.environment}`),
    el(
      "p.verdict",
      {},
      outcomeStatus(report.outcome),
      findingStatus(report.finding),
      report.interim ? status("◔", `INTERIM ${report.number}`, "act") : null,
    ),
    el("p.lede", {}, report.headline),
  );
}

export function renderIdentity(report: Report, checklistUrl: string): Element {
  const { deployment, change, window, checklist } = report;
  const begun = window.start ?? window.plannedStart;
  return terms([
    ["Deployed", `${deployment.from ?? "–"} → ${deployment.to ?? "–"} in ${deployment.environment}`],
    ["Began", begun === null ? "–" : [moment(begun), window.start === null ? " (planned)" : null]],
    ["Ended", moment(window.end)],
    ["Led by", person(report.lead)],
    ["Change", [address(change.url, change.id ?? "without a number"), `, ${change.type}`]],
    ["Commit", deployment.commit === null ? "–" : el("code", {}, deployment.commit)],
    [
      "Checklist",
      [el("a", { href: checklistUrl }, `${checklist.id} ${checklist.version}`), `, ${checklist.title}`],
    ],
    ["Run", el("code", {}, report.run)],
    ["As of", moment(report.asOf)],
  ]);
}

export function renderWhy({ derivation }: Report): Element {
  return chapter(
    "why",
    "Why this outcome and this finding",
    el(
      "ol.why",
      {},
      derivation.map(({ says, rule, items }) =>
        el("li", {}, reasonWithItems(says, items), rule === null ? null : [" ", el("code", {}, rule)]),
      ),
    ),
  );
}

/** Every item that is not derived, once; the parts add up to the whole, and the sum is printed. */
export function renderCounts({ counts }: Report): Element {
  return chapter(
    "counts",
    "Items",
    el(
      "p.counts",
      {},
      counts.byStatus.map(({ status: each, count, good }) =>
        el("span", {}, el("b", {}, String(count)), " ", itemStatus(each, good === count)),
      ),
      el("span", {}, "= ", el("b", {}, String(counts.total)), " items"),
    ),
  );
}

/** How many of the items that are due next stand on page one; the rest is one fold below. */
const NEXT = 5;

export function renderDue({ due }: Report): Content {
  if (due.length === 0) return null;
  const list = (rows: Report["due"]): Element =>
    el(
      "ul",
      {},
      rows.map(({ item, owner, due: at }) =>
        el("li", {}, itemLink(item), ": ", moment(at), owner === null ? null : `, ${owner}`),
      ),
    );
  const rest = due.slice(NEXT);
  return chapter(
    "due",
    "Due next",
    list(due.slice(0, NEXT)),
    rest.length === 0 ? null : el("details", {}, el("summary", {}, `${rest.length} more`), list(rest)),
  );
}

export function renderDecisions(report: Report): Content {
  const { decisions, rollback } = report;
  if (decisions.length === 0 && rollback === null) return null;
  return chapter(
    "decisions",
    "Decisions",
    decisions.length === 0
      ? null
      : renderTable(
          "Decisions",
          [
            { head: "Decision", cell: ({ decision }) => el("b", {}, decision) },
            {
              head: "In",
              cell: ({ section }) =>
                section === null
                  ? "–"
                  : el("a", { href: `#${section.id}` }, `${section.number} ${section.text}`),
            },
            { head: "By", cell: ({ by }) => person(by) },
            { head: "At", cell: ({ at }) => moment(at) },
            { head: "On what basis", cell: ({ basis }) => basis ?? "–" },
          ],
          decisions,
        ),
    rollback === null ? null : renderRollback(report),
  );
}

function renderRollback({ rollback }: Report): Content {
  if (rollback === null) return null;
  return el(
    "div.rollback",
    {},
    el(
      "p",
      {},
      rollback.verified
        ? status("↶", "rollback verified", "warn")
        : status("↶", "rollback not verified", "bad"),
    ),
    terms([
      ["Trigger", rollback.trigger === null ? "–" : itemLink(rollback.trigger)],
      ["At", moment(rollback.at)],
      [
        "Paths taken",
        joined(
          rollback.paths.map(({ id, number, text }) => el("a", { href: `#${id}` }, `${number} ${text}`)),
        ),
      ],
      ["Verified by", joined(rollback.verifiedBy.map(itemLink))],
      ["Outcome", rollback.outcome ?? "–"],
    ]),
  );
}

export function renderExceptions({ exceptions, undispositioned, notes }: Report): Element {
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
          facts("Exceptions, worst first", exceptions),
        ],
    notes.length === 0
      ? null
      : el(
          "details",
          {},
          el("summary", {}, notes.length === 1 ? "1 note" : `${notes.length} notes`),
          facts("Notes", notes),
        ),
  );
}

function facts(name: string, rows: readonly Fact[]): Element {
  return renderTable(
    name,
    [
      { head: "Severity", cell: ({ severity }) => severityStatus(severity) },
      {
        head: "What",
        cell: ({ reason, rule, items }) => [reasonWithItems(reason, items), " ", el("code", {}, rule)],
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
      : renderTable(
          "Signatures",
          [
            { head: "Role", cell: ({ role }) => role },
            { head: "Meaning", cell: ({ meaning }) => meaning ?? "–" },
            { head: "Scope", cell: ({ scope }) => scope },
            { head: "Signed by", cell: ({ state, by }) => signer(state, by) },
            { head: "At", cell: ({ at }) => moment(at) },
            {
              head: "Identity",
              cell: ({ grade, witness }) => [
                grade,
                witness === null ? null : [", witness ", person(witness)],
              ],
            },
          ],
          signatures,
        ),
  );
}

function signer(state: Report["signatures"][number]["state"], by: Report["lead"]): Content {
  switch (state) {
    case "signed":
      return [status("✓", "signed", "good"), " ", person(by)];
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

export function renderDepartures({ departures }: Report): Content {
  if (departures.length === 0) return null;
  return chapter(
    "departures",
    "Where this installation judges otherwise than the defaults",
    el(
      "ul",
      {},
      departures.map(({ rule, default: usual, here }) =>
        el("li", {}, el("code", {}, rule), `: ${here} here, ${usual} by default`),
      ),
    ),
  );
}
