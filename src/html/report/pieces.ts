/** Names, times, digests and statuses, the same wherever a report prints them. */
import type { Element } from "hast";
import type { ItemName, Moment, PersonName } from "../../model/fact.ts";
import type { ItemStatus, LimitReport } from "../../model/itemreport.ts";
import { sayItem } from "../../model/judgement/names.ts";
import type { FindingWord, Outcome } from "../../model/report.ts";
import {
  type Sign,
  signOfFinding,
  signOfOutcome,
  signOfSeverity,
  signOfStatus,
  signOfVerdict,
  type Tone,
} from "../../model/sign.ts";
import type { Severity } from "../../model/site.schema.ts";
import { type Content, el } from "../html.ts";
import { type Column, renderTable, type TableLook } from "../table.ts";

/** A mark and a word; the colour only repeats them. */
export function status(mark: string, word: string, tone: Tone): Element {
  return el(`span.status.${tone}`, {}, el("span", { ariaHidden: "true" }, mark), ` ${word}`);
}

export function itemStatus(value: ItemStatus, good: boolean): Element {
  return render(signOfStatus(value, good));
}

export function toneOf(value: ItemStatus, good: boolean): Tone {
  return signOfStatus(value, good).tone;
}

export function outcomeStatus(outcome: Outcome): Element {
  return render(signOfOutcome(outcome));
}

export function findingStatus(finding: FindingWord): Element {
  return render(signOfFinding(finding));
}

export function severityStatus(severity: Severity): Element {
  return render(signOfSeverity(severity));
}

export function verdictStatus(row: Pick<LimitReport, "kind" | "verdict">): Element {
  return render(signOfVerdict(row));
}

function render({ mark, word, tone }: Sign): Element {
  return status(mark, word, tone);
}

/** UTC first; the time as recorded behind it, where its offset is another. */
export function moment(value: Moment | null): Content {
  if (value === null) return "–";
  const isUtc = /(?:Z|\+00:00)$/.test(value.at);
  return el(
    "time",
    { dateTime: value.at },
    value.utc,
    isUtc ? null : el("span.local", {}, ` (${value.local})`),
  );
}

export function person(value: PersonName | null): Content {
  if (value === null) return "–";
  return value.role === null ? value.name : [value.name, el("span.soft", {}, ` (${value.role})`)];
}

export function itemLink({ id, number, text }: ItemName): Element {
  // Within a sentence a full stop of its own is in the way.
  return el("a", { href: `#${id}` }, `${number} ${text.replace(/\.$/, "")}`);
}

/** From one time to another, without saying the day twice. */
export function interval(from: Moment | null, to: Moment | null): Content {
  if (from === null || to === null) return moment(from ?? to);
  const [day = "", time = ""] = from.utc.split(" ");
  const [otherDay = "", otherTime = ""] = to.utc.split(" ");
  return [
    el("time", { dateTime: from.at }, `${day} ${time}`),
    " to ",
    el("time", { dateTime: to.at }, day === otherDay ? `${otherTime} UTC` : to.utc),
  ];
}

/** A sentence in which the names of its items become links where they stand. Items that it does not name follow. */
export function reasonWithItems(reason: string, items: readonly ItemName[]): Content {
  let parts: readonly (string | Element)[] = [reason];
  const others: ItemName[] = [];
  for (const item of items) {
    const said = sayItem(item);
    const place = parts.findIndex((part) => typeof part === "string" && part.includes(said));
    const text = parts[place];
    if (typeof text !== "string") {
      others.push(item);
      continue;
    }
    const at = text.indexOf(said);
    const link = el("a", { href: `#${item.id}` }, said);
    parts = [
      ...parts.slice(0, place),
      text.slice(0, at),
      link,
      text.slice(at + said.length),
      ...parts.slice(place + 1),
    ];
  }
  return [parts, others.length === 0 ? null : [" (", joined(others.map(itemLink)), ")"]];
}

/** A list within a line. */
export function joined(parts: readonly Content[]): Content {
  return parts.length === 0 ? "–" : parts.map((part, place) => [place === 0 ? null : ", ", part]);
}

/** A digest, whole: it is what somebody compares. It may break anywhere. */
export function digest(value: string | null): Content {
  return value === null ? "–" : el("code.digest", {}, value);
}

/** The name of a rule of the judgement, which leads to its page on the published site. */
export function ruleName(rule: string, site: string): Element {
  return el(
    "a",
    { href: `${site}/docs/judgement/${rule}/`, rel: "noopener noreferrer" },
    el("code", {}, rule),
  );
}

/** An address that somebody recorded: a link only where it leads to the web. */
export function address(url: string | null, text: string): Content {
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url)
    ? el("a", { href: url, rel: "noopener noreferrer" }, text)
    : url === null
      ? text
      : `${text} (${url})`;
}

export function terms(pairs: readonly (readonly [string, Content])[]): Element {
  return el(
    "dl.terms",
    {},
    pairs.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))),
  );
}

/** A table whose rows are cards on a phone: a column of two words each would be read by nobody. */
export function reportTable<T>(
  name: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
  look: TableLook = {},
): Element {
  return renderTable(name, columns, rows, { ...look, isStacked: true });
}

export function chapter(id: string, title: string, ...content: readonly Content[]): Element {
  return el("section.chapter", { id: `_${id}` }, el("h2", {}, title), content);
}
