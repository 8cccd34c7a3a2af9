/** All runs by control: for somebody who samples them with an audit programme in hand. */
import type { Element } from "hast";
import type { RunControls } from "../model/controls.ts";
import { compareText } from "../model/diagnostic.ts";
import { signOfFinding, signOfOutcome } from "../model/sign.ts";
import { type Content, el, type Html, serialize } from "./html.ts";
import { statusOf } from "./register.ts";
import { renderTable } from "./table.ts";

export const controlsTitle = "Runs by control";

/** Runs that are named for a control: the newest; the page must not grow with the register. */
const NEWEST = 10;

type Entry = RunControls & { readonly control: RunControls["controls"][number] };

/** @param runs oldest first */
export function renderControlsPage(runs: readonly RunControls[]): Html {
  const byControl = Map.groupBy(
    runs.flatMap((run) => run.controls.map((control): Entry => ({ ...run, control }))),
    ({ control }) => control.control,
  );
  const sorted = [...byControl].sort(([a], [b]) => compareText(a, b));
  const naming = runs.filter(({ controls }) => controls.length > 0).length;
  return serialize(
    el(
      "section.block",
      {},
      el("h2", {}, controlsTitle),
      el(
        "p",
        {},
        `${naming} of ${runs.length} runs followed a checklist that names controls. What a run shows for a control supports an assessment, and is none.`,
      ),
      el("p.pager", {}, el("a.button", { href: "../" }, "Newest runs")),
    ),
    sorted.map(([control, entries], at) => renderControl(control, entries, at)),
  );
}

function renderControl(control: string, entries: readonly Entry[], at: number): Element {
  const id = `_control-${at + 1}`;
  const own = entries.filter((entry) => entry.control.items > 0);
  const assessed = own.filter((entry) => entry.control.notAssessed === null);
  const short = assessed.filter((entry) => entry.control.good < entry.control.looked);
  const checklists = [...new Set(entries.map(({ checklist }) => checklist))].sort(compareText);
  const says = [
    `${entries.length} ${entries.length === 1 ? "run names" : "runs name"} it`,
    own.length === 0 ? "as a whole: not assessed item by item" : `${assessed.length} looked at items for it`,
    own.length === 0 ? null : `${short.length} with items that are not as they should be`,
    own.length === 0 ? null : `${own.length - assessed.length} not assessed`,
  ].filter((part) => part !== null);
  return el(
    "section.block",
    { ariaLabelledBy: id },
    el("h2", { id }, control),
    el("p.aside", {}, `${says.join("; ")}. Checklists: ${checklists.join(", ")}.`),
    renderTable(
      entries.length > NEWEST ? `The newest ${NEWEST} of ${entries.length} runs` : "Runs, newest first",
      [
        { head: "Run", cell: ({ run }) => el("a", { href: `../${run}/#_controls` }, run) },
        { head: "When", cell: ({ day }) => el("time", { dateTime: day }, day) },
        { head: "Items as they should be", cell: looked },
        { head: "Outcome", cell: ({ outcome }) => statusOf(signOfOutcome(outcome)) },
        { head: "Finding", cell: ({ finding }) => statusOf(signOfFinding(finding)) },
      ],
      entries.slice(-NEWEST).reverse(),
      { kind: "controls" },
    ),
  );
}

function looked({ control: { items, looked: seen, good, notAssessed, isWhole } }: Entry): Content {
  if (items === 0) return isWhole ? "the whole run" : "not assessed";
  if (notAssessed !== null) return `not assessed: ${notAssessed}`;
  return `${good} of ${seen}${seen < items ? `, ${items - seen} not looked at` : ""}`;
}
