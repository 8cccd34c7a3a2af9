/** For somebody with an audit programme in hand: the run by control, and what was not assessed. */
import { type ControlReport, controlsOf } from "../../model/controls.ts";
import type { Span } from "../text.ts";
import { bold, chapter, code, itemNumber, joined, type Paper, table, text, words } from "./pieces.ts";

export function putControls(paper: Paper): void {
  const controls = controlsOf(paper.report, paper.checklist);
  if (controls.length === 0) return;
  const part = chapter(paper, "controls", "By control");
  const says =
    "The controls that the checklist says it supports, and what this run shows for each. It supports an assessment; it is none: whether a control is met is for whoever assesses it.";
  paper.flow.put(words(paper, [text(says)], part, { keep: true }));
  table(
    paper,
    part,
    [
      { head: "Control", cell: ({ control }) => [text(control)] },
      { head: "Assessed", cell: assessed },
      { head: "To look at", cell: exceptions },
      {
        head: "Items",
        cell: ({ items, isWhole }) =>
          items.length === 0
            ? [text(isWhole ? "the whole run" : "–")]
            : joined(items.map((item) => [itemNumber(paper, item)])),
      },
    ],
    controls,
  );
}

function assessed({ notAssessed, looked, good, isWhole, items }: ControlReport): Span[] {
  if (notAssessed !== null && isWhole && items.length === 0)
    return [text("not by itself: see outcome and finding")];
  if (notAssessed !== null) return [bold("not assessed: "), text(notAssessed)];
  const left = items.length - looked;
  return [
    bold(`${good} of ${looked}`),
    text(` as they should be${left === 0 ? "" : `; ${left} of ${items.length} items not looked at`}`),
  ];
}

function exceptions({ exceptions: found }: ControlReport): Span[] {
  if (found.length === 0) return [text("none")];
  return joined(
    [...Map.groupBy(found, ({ rule }) => rule)].map(([rule, facts]) => [
      code(rule),
      ...(facts.length === 1 ? [] : [text(` × ${facts.length}`)]),
    ]),
  );
}
