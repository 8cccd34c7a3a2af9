/** For somebody with an audit programme in hand: the run by control, and what was not assessed. */
import type { Checklist } from "../../model/checklist.ts";
import { type ControlReport, controlsOf } from "../../model/controls.ts";
import type { Report } from "../../model/report.ts";
import { type Content, el } from "../html.ts";
import { chapter, itemLink, joined, reportTable, status } from "./pieces.ts";

export function renderControls(report: Report, checklist: Checklist): Content {
  const controls = controlsOf(report, checklist);
  if (controls.length === 0) return null;
  return chapter(
    "controls",
    "By control",
    el(
      "p.soft",
      {},
      "The controls that the checklist says it supports, and what this run shows for each. It supports an assessment; it is none: whether a control is met is for whoever assesses it.",
    ),
    reportTable(
      "By control",
      [
        { head: "Control", cell: ({ control }) => control },
        { head: "Assessed", cell: assessed },
        { head: "To look at", cell: exceptions },
        { head: "Items", cell: items },
      ],
      controls,
    ),
  );
}

function assessed({ notAssessed, looked, good, isWhole, items }: ControlReport): Content {
  if (notAssessed !== null && isWhole && items.length === 0)
    return [
      status("○", "not assessed by itself", "quiet"),
      " the checklist as a whole names it: see outcome and finding",
    ];
  if (notAssessed !== null) return [status("○", "not assessed", "warn"), ` ${notAssessed}`];
  return [
    good === looked
      ? status("✓", `${good} of ${looked}`, "good")
      : status("!", `${good} of ${looked}`, "warn"),
    " as they should be",
    looked === items.length ? null : `; ${items.length - looked} of ${items.length} items not looked at`,
  ];
}

function exceptions({ exceptions: found }: ControlReport): Content {
  if (found.length === 0) return "none";
  const rules = [...Map.groupBy(found, ({ rule }) => rule)];
  return joined(
    rules.map(([rule, facts]) => [el("code", {}, rule), facts.length === 1 ? null : ` × ${facts.length}`]),
  );
}

/** How many items stand there at once; the rest is a fold below. */
const SHOWN = 4;

function items({ items: all, isWhole }: ControlReport): Content {
  if (all.length === 0) return isWhole ? "the whole run" : "–";
  const rest = all.slice(SHOWN);
  return [
    joined(all.slice(0, SHOWN).map(itemLink)),
    rest.length === 0
      ? null
      : el(
          "details.rest",
          {},
          el("summary", {}, `${rest.length} more`),
          el("p", {}, joined(rest.map(itemLink))),
        ),
  ];
}
