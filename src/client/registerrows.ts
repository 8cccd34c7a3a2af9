/** The rows of the register, drawn anew in the table that the page came with. */

import type { RegisterRow } from "../model/register.ts";
import { type Sign, signOfFinding, signOfOutcome } from "../model/sign.ts";
import { make } from "./node.ts";

export interface Sorting {
  readonly column: keyof RegisterRow;
  readonly descending: boolean;
}

/** What the columns of the table are sorted by. */
const SORTED: readonly (keyof RegisterRow)[] = [
  "run",
  "environment",
  "day",
  "outcome",
  "finding",
  "passed",
  "exceptions",
];

/** More than this the page does not draw at once. */
const MOST = 500;

export function drawRows(
  place: HTMLElement,
  rows: readonly RegisterRow[],
  base: string,
  sorting: Sorting,
  onSort: (column: keyof RegisterRow) => void,
): void {
  const heading = place.querySelector("#_rows");
  if (heading)
    heading.textContent =
      rows.length > MOST
        ? `Runs found: ${rows.length}, the first ${MOST} shown`
        : `Runs found: ${rows.length}`;
  place.querySelector("tbody")?.replaceChildren(...rows.slice(0, MOST).map((row) => drawRow(row, base)));
  place.querySelectorAll("thead th").forEach((head, at) => {
    const column = SORTED[at];
    if (!column) return;
    head.setAttribute(
      "aria-sort",
      sorting.column !== column ? "none" : sorting.descending ? "descending" : "ascending",
    );
    const button = make(
      "button",
      { type: "button", "data-sort": column },
      head.textContent?.replace(/ [▲▼]$/, "") ?? "",
    );
    if (sorting.column === column) button.append(sorting.descending ? " ▼" : " ▲");
    button.addEventListener("click", () => onSort(column));
    head.replaceChildren(button);
  });
}

function drawRow(row: RegisterRow, base: string): HTMLElement {
  const cell = (...content: readonly (Node | string)[]): HTMLElement => make("td", {}, ...content);
  const under = (text: string): HTMLElement => make("span", { class: "under" }, text);
  const figure = (text: string): HTMLElement => make("td", { class: "to-right" }, text);
  const checklist = `${base}checklists/${row.checklist}/${row.version}/`;
  return make(
    "tr",
    {},
    make(
      "th",
      { scope: "row" },
      make("a", { href: `${base}reports/${row.run}/` }, row.run),
      make("a", { class: "under", href: checklist }, `${row.checklist} ${row.version}`),
    ),
    cell(row.environment, under(`${row.from ?? "–"} → ${row.to ?? "–"}`)),
    cell(make("time", { datetime: row.day }, row.when), under(row.lead ?? "–")),
    cell(status(signOfOutcome(row.outcome))),
    cell(status(signOfFinding(row.finding))),
    figure(`${row.passed} of ${row.due}`),
    figure(String(row.exceptions)),
  );
}

function status({ mark, word, tone }: Sign): HTMLElement {
  return make("span", { class: `status ${tone}`, "data-mark": mark }, word);
}
