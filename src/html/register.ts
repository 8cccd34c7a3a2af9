/** The register as pages that need no script: the newest runs in front, all others by order of ingest. */
import type { Element } from "hast";
import type { RegisterRow, Totals } from "../model/register.ts";
import { type CellPart, registerCells, registerHeads } from "../model/registercells.ts";
import { PAGE_SIZE, type PageSpan, type RegisterView, registerFilters } from "../model/registerpages.ts";
import type { Sign } from "../model/sign.ts";
import { english, type Words } from "../model/words.ts";
import { el, type Html, serialize } from "./html.ts";
import { renderTable } from "./table.ts";

export interface RecordsOptions {
  /** From the page to the root of the site, such as `../`. */
  readonly root: string;
  readonly caption: string;
  /** With the name of the checklist. */
  readonly isFull?: boolean;
  readonly words?: Words;
}

/** Rows as a table, in the order in which they come. */
export function renderRecords(rows: readonly RegisterRow[], options: RecordsOptions): Html {
  return serialize(recordsTable(rows, options));
}

function recordsTable(
  rows: readonly RegisterRow[],
  { root, caption, isFull = true, words = english }: RecordsOptions,
): Element {
  const columns = registerHeads.map(({ text, isRight }, at) => ({
    head: words(text),
    ...(isRight ? { isRight } : {}),
    cell: (cells: readonly (readonly CellPart[])[]) =>
      (cells[at] ?? []).map((part) => partOf(part, root, words)),
  }));
  const cells = rows.map((row) => registerCells(row, isFull, words));
  return renderTable(caption, columns, cells, { kind: "register", isCaptionHidden: true });
}

function partOf(part: CellPart, root: string, words: Words): Element | string {
  switch (part.kind) {
    case "link":
      return el(part.isUnder ? "a.under" : "a", { href: root + part.path }, part.text);
    case "text":
      return part.isUnder ? el("span.under", {}, part.text) : part.text;
    case "time":
      return el("time", { dateTime: part.day }, part.text);
    case "sign":
      return statusOf({ ...part.sign, word: words(part.sign.word) });
    default:
      return part satisfies never;
  }
}

export function statusOf({ mark, word, tone }: Sign): Element {
  return el("span", { className: `status ${tone}`, dataMark: mark }, word);
}

/** The filters before their script has what can be chosen: as large as they will be, so that nothing moves. */
function filtersToCome(): Element {
  const waiting = (label: string, control: Element): Element => el("label", {}, label, control);
  return el(
    "div.filters",
    { ariaHidden: "true" },
    registerFilters.map(({ label }) =>
      waiting(label, el("select", { disabled: true }, el("option", {}, "all"))),
    ),
    ["From", "To"].map((label) => waiting(label, el("input", { type: "date", disabled: true }))),
  );
}

/** `/reports/`: totals of all runs, the newest of them, ways to the others. */
export function renderRegisterFront({ totals, newest, pages, hasControls }: RegisterView): Html {
  const { runs } = totals;
  const last = Math.ceil(runs / PAGE_SIZE);
  const older = Math.max(1, Math.ceil((runs - newest.length) / PAGE_SIZE));
  return serialize(
    el(
      "div",
      { dataRegister: "_index/", dataShards: last },
      renderTotals(totals),
      el("div.js-only", { dataFilters: "" }, filtersToCome()),
      block(
        newest.length === runs ? "All runs, newest first" : `The newest ${newest.length} runs`,
        recordsTable(newest.toReversed(), { root: "../", caption: "Runs, newest first" }),
      ),
      el(
        "div.pager",
        {},
        newest.length < runs ? button(`_pages/${older}/`, "Older runs") : null,
        file("csv"),
        file("json"),
      ),
      hasControls ? el("p.pager", {}, button("_controls/", "By control")) : null,
      pages.length > 1 ? contents(pages, last) : null,
    ),
  );
}

/** `/reports/_pages/<number>/`. A page that is followed by another is closed: its bytes depend on its own runs only. */
export function renderRegisterPage(
  rows: readonly RegisterRow[],
  { number, isLast }: { readonly number: number; readonly isLast: boolean },
): Html {
  const first = (number - 1) * PAGE_SIZE + 1;
  return serialize(
    block(
      `Runs ${first} to ${first + rows.length - 1}, newest first`,
      recordsTable(rows.toReversed(), { root: "../../../", caption: "Runs, newest first" }),
    ),
    el(
      "nav.pager",
      { ariaLabel: "Pages of the register" },
      button("../../", "Newest runs"),
      isLast ? null : button(`../${number + 1}/`, "Newer"),
      number > 1 ? button(`../${number - 1}/`, "Older") : null,
      number > 2 ? button("../1/", "Oldest runs") : null,
    ),
  );
}

export function registerTitle(number: number): string {
  return `Register of runs, page ${number}`;
}

/** Texts that stand in the frame of a page for what differs from page to page. */
export const registerFrame = {
  /** Where the frame is made, below `/reports/`. */
  page: "_frame",
  title: "title-of-this-page-of-the-register",
  /** Below `/reports/`, such as `_pages/3`. */
  path: "path-of-this-page-of-the-register",
  body: "body-of-this-page-of-the-register",
} as const;

function block(title: string, ...content: readonly Element[]): Element {
  return el("section.block", { ariaLabelledBy: "_rows" }, el("h2", { id: "_rows" }, title), content);
}

function button(href: string, text: string): Element {
  return el("a.button", { href }, text);
}

function file(ending: "csv" | "json"): Element {
  return el(
    "a.button",
    { href: `register.${ending}`, dataFile: ending, download: true },
    ending.toUpperCase(),
  );
}

function renderTotals({ runs, outcomes, findings }: Totals): Element {
  const pairs: readonly (readonly [string, number])[] = [
    [runs === 1 ? "run" : "runs", runs],
    ...outcomes,
    ...findings,
  ];
  return el(
    "dl.totals",
    { dataTotals: "" },
    pairs.map(([word, count]) => el("div", {}, el("dt", {}, word), el("dd", {}, String(count)))),
  );
}

/** Every page by the days on it; of very many only some, and the others by their neighbours. */
function contents(pages: readonly PageSpan[], last: number): Element {
  return el(
    "details.pages",
    {},
    el("summary", {}, `All runs in the order in which they came in, on ${last} pages`),
    el(
      "ol",
      { role: "list" },
      pages
        .toReversed()
        .map(({ number, from, to }) =>
          el(
            "li",
            {},
            el("a", { href: `_pages/${number}/` }, `Page ${number}`),
            ` ${from === to ? from : `${from} to ${to}`}`,
          ),
        ),
    ),
  );
}
