/** Names, times, digests, statuses, tables and lists of terms, the same wherever a report prints them. */
import type { Checklist } from "../../model/checklist.ts";
import type { ItemName, Moment, PersonName } from "../../model/fact.ts";
import type { Outline } from "../../model/outline.ts";
import type { Report } from "../../model/report.ts";
import type { Sign } from "../../model/sign.ts";
import type { ProseContext } from "../command.ts";
import type { Document } from "../document.ts";
import { naturalColumns } from "../fit.ts";
import { type Box, beside, type Flow } from "../flow.ts";
import { shorten } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { BODY, GRAY, HEAD, SMALL, type Type } from "../scale.ts";
import { type Cell, type Column, putTable } from "../table.ts";
import type { Span } from "../text.ts";

/** What the parts of a report share while it is drawn. */
export interface Paper {
  readonly report: Report;
  readonly checklist: Checklist;
  readonly outline: Outline;
  readonly document: Document;
  readonly flow: Flow;
  readonly prose: ProseContext;
  /** Addresses of this report and of the checklist's version, each with a slash at the end. */
  readonly reportUrl: string;
  readonly versionUrl: string;
}

export function text(value: string, look: Partial<Span> = {}): Span {
  return { text: value, style: "regular", size: SMALL.size, ...look };
}

export function bold(value: string): Span {
  return text(value, { style: "bold" });
}

export function soft(value: string): Span {
  return text(value, { gray: GRAY.text });
}

export function faint(spans: readonly Span[]): Span[] {
  return spans.map((each) => ({ ...each, gray: GRAY.text }));
}

export function code(value: string): Span {
  return text(value, { style: "mono", size: 8.5 });
}

/** UTC first; the time as recorded behind it where its offset is another, without what it shares with UTC. */
export function moment(value: Moment | null): Span[] {
  if (value === null) return [text("–")];
  const said = [text(value.utc.replaceAll(" ", "\u00a0"))];
  if (/(?:Z|\+00:00)$/.test(value.at)) return said;
  const [utcDate = ""] = value.utc.split(" ");
  const [date = "", time = "", offset = ""] = value.local.split(" ");
  const day =
    date === utcDate ? "" : `${date.slice(0, 4) === utcDate.slice(0, 4) ? date.slice(5) : date}\u00a0`;
  return [...said, soft(` (${day}${time}\u00a0${offset.replace("-", "−")})`)];
}

/** From one time to another in UTC, for lists of many: the date once, where it is the same. */
export function span(start: Moment, end: Moment | null): Span[] {
  if (end === null || end.utc === start.utc) return [text(start.utc)];
  const [date = "", time = ""] = start.utc.split(" ");
  const [endDate = ""] = end.utc.split(" ");
  return [
    text(
      endDate === date
        ? `${date} ${time} to ${end.utc.slice(endDate.length + 1)}`
        : `${date} ${time} to ${end.utc}`,
    ),
  ];
}

export function person(value: PersonName | null): Span[] {
  if (value === null) return [text("–")];
  return [text(value.name), ...(value.role === null ? [] : [soft(` (${value.role})`)])];
}

/** A place in this document, if it is printed here. */
export function linkTo(paper: Paper, id: string, words: string): Span {
  const known = paper.outline.item.has(id) || paper.outline.section.has(id);
  return known ? text(words, { link: { to: id }, says: words }) : text(words);
}

export function itemName(paper: Paper, { id, number, text: said }: ItemName): Span {
  return linkTo(paper, id, `${number} ${shorten(said, 48)}`);
}

/** An item by its number alone, where its text stands beside it. */
export function itemNumber(paper: Paper, { id, number }: ItemName): Span {
  return linkTo(paper, id, number);
}

/** A list within a line. */
export function joined(parts: readonly (readonly Span[])[], separator = ", "): Span[] {
  if (parts.length === 0) return [text("–")];
  return parts.flatMap((part, i) => (i === 0 ? [...part] : [text(separator), ...part]));
}

/** A digest, whole: it is what somebody compares. */
export function digest(value: string | null): Span[] {
  return value === null ? [text("–")] : [code(value)];
}

/** An address that somebody recorded: a link only where it leads to the web. */
export function address(url: string | null, words: string): Span[] {
  if (url === null) return [text(words)];
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return [text(words === url ? url : `${words} (${url})`)];
  const href = new URL(url).href;
  return [text(words, { link: { href }, says: href })];
}

/** A status: a mark and a word; what is bad is bold as well. */
export function sign({ mark, word, tone }: Sign): Span[] {
  return [bold(`${mark}\u00a0`), tone === "bad" || tone === "warn" ? bold(word) : text(word)];
}

/** A part of the report with its heading and bookmark. Its element is made when the heading is drawn. */
export function chapter(paper: Paper, id: string, title: string): Tag {
  const { document, flow } = paper;
  const element = lazy(() => document.root.add("Sect"));
  const said = paragraph(
    document,
    [{ text: title, style: "bold", size: HEAD.size }],
    () => element().add("H2"),
    {
      width: flow.width,
      type: HEAD,
    },
  );
  flow.put({
    height: said.height + 5,
    before: 11,
    keep: true,
    draw(page, x, y) {
      document.destination(`_${id}`, page, y);
      document.bookmark(title, 1, page, y);
      page.artifact(() => page.line(x, y, x + flow.width, y, { weight: 1.2 }));
      said.draw(page, x, y + 3);
    },
  });
  return element;
}

export interface ParagraphLook {
  readonly type?: Type;
  readonly keep?: boolean;
  readonly before?: number;
  readonly width?: number;
}

export function words(paper: Paper, spans: readonly Span[], parent: Tag, look: ParagraphLook = {}): Box {
  const { type = SMALL, keep = false, before = 3, width = paper.flow.width } = look;
  return paragraph(paper.document, spans, () => parent().add("P"), { width, type, keep, before });
}

/** A heading within a chapter. */
export function subheading(paper: Paper, title: string, parent: Tag): Box {
  const spans: Span[] = [{ text: title, style: "bold", size: BODY.size }];
  return paragraph(paper.document, spans, () => parent().add("H3"), {
    width: paper.flow.width,
    type: BODY,
    before: 8,
    keep: true,
  });
}

/** A column of a table: its head and what stands in it. Its width follows from both. */
export interface ColumnOf<T> {
  readonly head: string;
  readonly align?: Column["align"];
  readonly cell: (row: T) => readonly Span[] | Cell;
}

export function table<T>(
  paper: Paper,
  parent: Tag,
  columns: readonly ColumnOf<T>[],
  rows: readonly T[],
  rowHead = 0,
): void {
  const { document, flow } = paper;
  const cells = rows.map((row) =>
    columns.map(({ cell }): Cell => {
      const made = cell(row);
      return "spans" in made ? made : { spans: made };
    }),
  );
  const widths = naturalColumns(
    document,
    columns.map(({ head }) => head),
    cells.map((row) => row.map(({ spans }) => spans)),
    flow.width,
  );
  putTable(flow, parent, {
    width: flow.width,
    columns: widths.map((column, i) => {
      const align = columns[i]?.align;
      return align ? { ...column, align } : column;
    }),
    rows: cells,
    type: SMALL,
    rowHead,
    before: 4,
  });
}

const TERM = 78;
const GAP = 16;

/** Terms and what they are, in one or two columns. */
export function terms(
  paper: Paper,
  parent: Tag,
  pairs: readonly (readonly [string, readonly Span[]])[],
  columns: 1 | 2 = 1,
): void {
  const { document, flow } = paper;
  const wide = columns === 1 ? 130 : TERM;
  const width = (flow.width - GAP * (columns - 1)) / columns;
  const set = pairs.map(([term, value]) => {
    const element = lazy(() => parent().add("P"));
    return {
      term: paragraph(document, [soft(term)], element, { width: wide - 8, type: SMALL }),
      value: paragraph(document, value, element, { width: width - wide, type: SMALL }),
    };
  });
  for (let i = 0; i < set.length; i += columns) {
    const row = set.slice(i, i + columns).flatMap(({ term, value }, column) => {
      const left = column * (width + GAP);
      return [
        { box: term, x: left },
        { box: value, x: left + wide },
      ];
    });
    flow.put({ ...beside(row), before: 2 });
  }
}
