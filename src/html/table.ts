/** Tables with a caption, column heads and row heads, that scroll by themselves where the page is narrow. */
import type { Element } from "hast";
import { type Content, el } from "./html.ts";

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => Content;
  /** For figures. */
  readonly isRight?: true;
}

export interface TableLook {
  /** A class beside `table`. */
  readonly kind?: string;
  /** The caption is heard and not seen: a heading says it already. */
  readonly isCaptionHidden?: true;
  /** Where the page is narrow, each row is a card: its cells below each other, each with its column's head. */
  readonly isStacked?: true;
}

/** The first column is the head of each row. The name is the caption, for those who see it and those who hear it. */
export function renderTable<T>(
  name: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
  { kind, isCaptionHidden, isStacked }: TableLook = {},
): Element {
  const align = ({ isRight }: Column<T>): string | null => (isRight ? "to-right" : null);
  const classes = ["div.table", kind, isStacked ? "stacked" : undefined];
  return el(
    classes.filter((name) => name !== undefined).join("."),
    { tabIndex: 0, role: "group", ariaLabel: name },
    el(
      "table",
      {},
      el(isCaptionHidden ? "caption.hidden" : "caption", {}, name),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map((column) => el("th", { scope: "col", className: align(column) }, column.head)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            columns.map((column, place) =>
              place === 0
                ? el("th", { scope: "row", className: align(column) }, column.cell(row))
                : el(
                    "td",
                    { className: align(column), dataHead: isStacked ? column.head : null },
                    column.cell(row),
                  ),
            ),
          ),
        ),
      ),
    ),
  );
}
