/** Names, times, digests and statuses, the same wherever a report prints them. */
import type { Element } from "hast";
import type { ItemName, Moment, PersonName } from "../../model/fact.ts";
import type { ItemStatus, LimitReport } from "../../model/itemreport.ts";
import { statusWords } from "../../model/itemreport.ts";
import type { FindingWord, Outcome } from "../../model/report.ts";
import type { Severity } from "../../model/site.schema.ts";
import { type Content, el } from "../html.ts";

export type Tone = "good" | "warn" | "bad" | "act" | "quiet";

/** A mark and a word; the colour only repeats them. */
export function status(mark: string, word: string, tone: Tone): Element {
  return el(`span.status.${tone}`, {}, el("span", { ariaHidden: "true" }, mark), ` ${word}`);
}

const STATUSES: Readonly<Record<ItemStatus, readonly [string, Tone]>> = {
  passed: ["✓", "good"],
  met: ["✓", "good"],
  clear: ["✓", "good"],
  seen: ["●", "act"],
  "not-seen": ["○", "quiet"],
  carried: ["↷", "quiet"],
  fired: ["▲", "warn"],
  failed: ["✕", "bad"],
  "not-met": ["✕", "bad"],
  inconclusive: ["?", "warn"],
  blocked: ["■", "warn"],
  skipped: ["»", "warn"],
  "not-applicable": ["–", "quiet"],
  "not-recorded": ["○", "warn"],
  "not-due": ["◔", "quiet"],
  "not-selected": ["·", "quiet"],
  "not-needed": ["·", "quiet"],
  "not-reached": ["·", "quiet"],
  "not-done": ["·", "quiet"],
};

export function itemStatus(value: ItemStatus): Element {
  const [mark, tone] = STATUSES[value];
  return status(mark, statusWords[value], tone);
}

export function toneOf(value: ItemStatus): Tone {
  return STATUSES[value][1];
}

const OUTCOMES: Readonly<Record<Outcome, readonly [string, Tone]>> = {
  deployed: ["▲", "act"],
  "in progress": ["◔", "act"],
  stopped: ["■", "quiet"],
  "rolled back": ["↶", "warn"],
  "rollback not verified": ["↶", "bad"],
};

export function outcomeStatus(outcome: Outcome): Element {
  const [mark, tone] = OUTCOMES[outcome];
  return status(mark, outcome, tone);
}

const FINDINGS: Readonly<Record<FindingWord, readonly [string, Tone]>> = {
  clean: ["✓", "good"],
  "with exceptions": ["!", "warn"],
  incomplete: ["○", "warn"],
  failed: ["✕", "bad"],
};

export function findingStatus(finding: FindingWord): Element {
  const [mark, tone] = FINDINGS[finding];
  return status(mark, finding, tone);
}

const SEVERITIES: Readonly<Record<Severity, readonly [string, Tone]>> = {
  blocker: ["✕", "bad"],
  gap: ["○", "warn"],
  exception: ["!", "warn"],
  note: ["·", "quiet"],
};

export function severityStatus(severity: Severity): Element {
  const [mark, tone] = SEVERITIES[severity];
  return status(mark, severity, tone);
}

const VERDICTS: Readonly<Record<LimitReport["verdict"], readonly [string, Tone]>> = {
  holds: ["✓", "good"],
  breached: ["✕", "bad"],
  inconclusive: ["?", "warn"],
  "not observed": ["○", "warn"],
};

/** A target and a usual range never fail: what they miss is said, and no more. */
export function verdictStatus({ kind, verdict }: Pick<LimitReport, "kind" | "verdict">): Element {
  const [mark, tone] = VERDICTS[verdict];
  if (kind === "limit" || verdict === "holds") return status(mark, verdict, tone);
  return status("·", verdict === "breached" ? "missed" : verdict, "quiet");
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
  return el("a", { href: `#${id}` }, `${number} ${text}`);
}

/** A list within a line. */
export function joined(parts: readonly Content[]): Content {
  return parts.length === 0 ? "–" : parts.map((part, place) => [place === 0 ? null : ", ", part]);
}

/** A digest, whole: it is what somebody compares. It may break anywhere. */
export function digest(value: string | null): Content {
  return value === null ? "–" : el("code.digest", {}, value);
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

export function chapter(id: string, title: string, ...content: readonly Content[]): Element {
  return el("section.chapter", { id: `_${id}` }, el("h2", {}, title), content);
}
