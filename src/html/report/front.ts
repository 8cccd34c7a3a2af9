/** Page one: what was deployed, how it went and why, in thirty seconds. */
import type { Element } from "hast";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
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
  reportTable,
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
    ["Version", `${deployment.from ?? "–"} → ${deployment.to ?? "–"} in ${deployment.environment}`],
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
      : reportTable(
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
          { isCaptionHidden: true },
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
      [rollback.verified ? "Verified by" : "To be verified by", joined(rollback.verifiedBy.map(itemLink))],
      ["Outcome", rollback.outcome ?? "–"],
    ]),
  );
}
