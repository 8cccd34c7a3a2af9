/** What changed between two versions, as a page shows it: what asks for less first, then the document in its order. */
import type { Element } from "hast";
import type { Checklist } from "../model/checklist.ts";
import type { Demand, Diff, LineChange, Word } from "../model/diff/change.ts";
import { sayCounts } from "../model/diff/counts.ts";
import type { Entry } from "../model/diff/entry.ts";
import { type Group, type Reading, readDiff } from "../model/diff/reading.ts";
import { demandToSay, type Row } from "../model/diff/rows.ts";
import { type Content, el, type Html, serialize } from "./html.ts";
import { renderTable } from "./table.ts";

/** Where the pages of both versions are, as addresses that end in a slash. */
export interface ComparedPages {
  readonly before: string;
  readonly after: string;
}

/**
 * The differences of two versions, without the frame of the page. Links are relative to
 * `/checklists/<id>/compare/<a>...<b>/`, at any base path. `diff` has to be of these two values.
 */
export function renderCompare(diff: Diff, a: Checklist, b: Checklist): Html {
  const [before, after] = [a, b].map(({ id, version }) => `../../../${id}/${version}/`);
  const pages: ComparedPages = { before: before ?? "", after: after ?? "" };
  return serialize(compareContent(diff, a, b, pages));
}

/** The same as part of another page. */
export function compareContent(diff: Diff, a: Checklist, b: Checklist, pages: ComparedPages): Content {
  const reading = readDiff(diff, a, b);
  return [
    reading.changes === null
      ? null
      : el("p.changes", {}, el("b", {}, "Changes, by the author:"), ` ${reading.changes}`),
    el(
      "ul.counts",
      {},
      sayCounts(reading.counts).map((line) => el("li", {}, line)),
    ),
    renderLooser(reading, pages),
    reading.groups.map((group, at) => renderGroup(group, at, pages)),
    renderNumbers(reading),
  ];
}

function renderLooser({ looser }: Reading, pages: ComparedPages): Content {
  if (looser.length === 0) return null;
  return el(
    "section.looser",
    {},
    el("h2", {}, "Asks for less than before"),
    el(
      "ul",
      {},
      looser.map((entry) => {
        const rows = entry.rows.filter(({ demand }) => demand === "looser" || demand === "mixed");
        const what = rows.map((row, at) => [at === 0 ? null : "; ", row.label, ": ", renderContent(row)]);
        return el("li", {}, renderName(entry, pages), " — ", what.length === 0 ? entry.change : what);
      }),
    ),
  );
}

function renderGroup(group: Group, at: number, pages: ComparedPages): Element {
  const page = group.gone ? pages.before : pages.after;
  const title = group.id === null ? group.title : el("a", { href: `${page}#${group.id}` }, group.title);
  return el(
    "section.group",
    { id: `_group-${at + 1}` },
    el("h2", {}, title, group.gone ? el("span.note", {}, " not in the new version") : null),
    group.entries.map((entry) => renderEntry(entry, pages)),
  );
}

const MARKS: Readonly<Record<Entry["change"], string>> = {
  added: "+",
  removed: "−",
  moved: "↕",
  changed: "~",
};

function renderEntry(entry: Entry, pages: ComparedPages): Element {
  return el(
    `div.entry.${entry.change}`,
    {},
    el(
      "p.what",
      {},
      el("span.change", { dataMark: MARKS[entry.change] }, entry.change),
      " ",
      renderName(entry, pages),
      renderDemand(entry.change === "changed" ? entry.demand : null),
    ),
    entry.rows.length === 0 ? null : el("dl.rows", {}, entry.rows.map(renderRow)),
  );
}

/** Leads to its place in the version that has it. */
function renderName({ change, kind, number, name, id }: Entry, pages: ComparedPages): Content {
  const page = change === "removed" ? pages.before : pages.after;
  const text = [number ?? "", name].filter((part) => part !== "").join(" ");
  return [
    el("span.kind", {}, kind),
    text === "" ? null : " ",
    id === null ? text : el("a", { href: `${page}#${id}` }, text),
  ];
}

const DEMANDS: Readonly<Record<Demand, string>> = {
  stricter: "stricter",
  looser: "looser",
  mixed: "in part looser",
};

function renderDemand(demand: Demand | null): Content {
  return demand === null ? null : [" ", el(`span.demand.${demand}`, {}, DEMANDS[demand])];
}

function renderRow(row: Row): Element {
  return el(
    "div",
    {},
    el("dt", {}, row.label, renderDemand(demandToSay(row))),
    el("dd", {}, renderContent(row)),
  );
}

function renderContent({ content }: Row): Content {
  switch (content.type) {
    case "text":
      return content.text;
    case "values":
      return [
        content.about === null ? null : `${content.about}: `,
        content.from === null ? el("span.none", {}, "none") : el("del", {}, content.from),
        " → ",
        content.to === null ? el("span.none", {}, "none") : el("ins", {}, content.to),
      ];
    case "words":
      return renderWords(content.words);
    case "lines":
      return el(
        content.code ? "ul.edits.source" : "ul.edits",
        { role: "list" },
        content.lines.map(({ change, words }: LineChange) => el(`li.${change}`, {}, renderWords(words))),
      );
    default:
      return content satisfies never;
  }
}

const ELEMENTS = { kept: null, removed: "del", added: "ins" } as const;

function renderWords(words: readonly Word[]): Content {
  return words.map(({ change, text }) => {
    const element = ELEMENTS[change];
    return element === null ? text : el(element, {}, text);
  });
}

function renderNumbers({ renumbered }: Reading): Content {
  if (renumbered.length === 0) return null;
  const table = renderTable(
    "Numbers before and now",
    [
      { head: "Before", cell: ({ from }) => from },
      { head: "Now", cell: ({ to }) => to },
      { head: "What", cell: ({ name }) => name },
    ],
    renumbered,
  );
  const who =
    renumbered.length === 1 ? "1 item or section has" : `${renumbered.length} items and sections have`;
  return el("details.numbers", {}, el("summary", {}, `${who} another number on paper`), table);
}
