/** The rows of the register, drawn anew in the table that the page came with. */
import type { RegisterRow } from "../model/register.ts";
import { type CellPart, registerCells, registerHeads } from "../model/registercells.ts";
import type { Sign } from "../model/sign.ts";
import { showUnseen } from "../model/unseen.ts";
import { make } from "./node.ts";
import { t } from "./words.ts";

export interface Sorting {
  readonly column: keyof RegisterRow;
  readonly descending: boolean;
}

export const newestFirst: Sorting = { column: "day", descending: true };

/** As far as `more` leads, in steps of so many: more at once makes a browser slow. */
export const STEP = 500;

/** Turns the heads of the table into buttons that sort it. */
export function drawHeads(
  place: HTMLElement,
  sorting: Sorting,
  onSort: (column: keyof RegisterRow) => void,
): void {
  place.querySelectorAll("thead th").forEach((head, at) => {
    const { column, text } = registerHeads[at] ?? {};
    if (column === undefined || text === undefined) return;
    const isSorted = sorting.column === column;
    head.setAttribute("aria-sort", !isSorted ? "none" : sorting.descending ? "descending" : "ascending");
    const button = make("button", { type: "button", "data-sort": column }, text);
    if (isSorted) button.append(sorting.descending ? " ▼" : " ▲");
    button.addEventListener("click", () => onSort(column));
    head.replaceChildren(button);
  });
}

/** Draws the first `most` rows in their order. */
export function drawRows(
  place: HTMLElement,
  rows: readonly RegisterRow[],
  { base, most }: { readonly base: string; readonly most: number },
): void {
  const heading = place.querySelector("#_rows");
  const count = t("Runs found: {count}", { count: rows.length });
  if (heading)
    heading.textContent =
      rows.length > most ? t("{found}, the first {most} shown", { found: count, most }) : count;
  place.querySelector("tbody")?.replaceChildren(...rows.slice(0, most).map((row) => drawRow(row, base)));
}

function drawRow(row: RegisterRow, base: string): HTMLElement {
  const cells = registerCells(row).map((parts, at) => {
    const nodes = parts.map((part) => drawPart(part, base));
    return at === 0
      ? make("th", { scope: "row" }, ...nodes)
      : make("td", { class: registerHeads[at]?.isRight ? "to-right" : null }, ...nodes);
  });
  return make("tr", {}, ...cells);
}

function drawPart(part: CellPart, base: string): Node {
  switch (part.kind) {
    case "link":
      return make(
        "a",
        { href: base + part.path, class: part.isUnder ? "under" : null },
        showUnseen(part.text),
      );
    case "text":
      return part.isUnder
        ? make("span", { class: "under" }, showUnseen(part.text))
        : document.createTextNode(showUnseen(part.text));
    case "time":
      return make("time", { datetime: part.day }, part.text);
    case "sign":
      return status(part.sign);
    default:
      return part satisfies never;
  }
}

function status({ mark, word, tone }: Sign): HTMLElement {
  return make("span", { class: `status ${tone}`, "data-mark": mark }, word);
}
