/** Rules about what is written: characters, leftovers, persons, repeated texts. */
import type { Block, Item, List } from "../../model/checklist.ts";
import { outlineOf } from "../../model/outline.ts";
import type { Checked, Finding } from "./rule.ts";

/** Every line of the file with its number; lines inside fences say so. */
function linesOf(
  text: string,
): readonly { readonly line: number; readonly text: string; readonly fenced: boolean }[] {
  let fence: string | null = null;
  return text.split(/\r\n|\n|\r/).map((one, at) => {
    const mark = /^\s*(?:[-*+>]\s+)*(`{3,}|~{3,})/.exec(one)?.[1] ?? null;
    const fenced = fence !== null;
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence)) fence = null;
    return { line: at + 1, text: one, fenced: fenced || mark !== null };
  });
}

const BIDI = /[\u202A-\u202E\u2066-\u2069]/u;

/** Characters that turn the order of text can make a line read as something else (CVE-2021-42574). */
export function bidiControl({ text }: Checked): readonly Finding[] {
  return linesOf(text).flatMap(({ line, text: one }): readonly Finding[] => {
    const column = one.search(BIDI) + 1;
    if (column === 0) return [];
    const code = (one.codePointAt(column - 1) ?? 0).toString(16).toUpperCase();
    return [
      {
        rule: "bidi-control",
        severity: "warning",
        line,
        column,
        reason: `U+${code} turns the order of the text around it, unseen`,
        hint: "take the character out",
      },
    ];
  });
}

// Capitals tell a mark from a word: "todo" is Portuguese for "every".
const LEFTOVER =
  /\b(?:TODO|FIXME|TBD|TBC|XXX)\b|(?i:\blorem ipsum\b|\[(?:contact|name|url|link|date|email|phone|insert[^\]]{0,60}|[^\]]{0,60} url)\](?![([:])|\byour-?domain\b)/;

/** What was meant to be filled in before anybody reads it. Templates and code have placeholders of their own. */
export function placeholderLeft({ text, checklist }: Checked): readonly Finding[] {
  const { sections } = outlineOf(checklist);
  const sectionAt = (line: number) => sections.findLast((section) => section.line <= line);
  return linesOf(text).flatMap(({ line, text: one, fenced }): readonly Finding[] => {
    const found = LEFTOVER.exec(one.replace(/`[^`]*`/g, (code) => " ".repeat(code.length)));
    if (fenced || !found || sectionAt(line)?.role === "templates") return [];
    const severity = checklist.status === "released" ? "error" : "info";
    return [
      {
        rule: "placeholder-left",
        severity,
        line,
        column: found.index + 1,
        reason: `'${found[0]}' was to be replaced before release`,
        hint: "write what belongs there, or make it a field",
      },
    ];
  });
}

const PHONE = /(?<![\w.-])\+\d{1,3}[ \-/.]?(?:\(\d{1,4}\)[ \-/.]?)?\d{2,4}(?:[ \-/.]?\d{2,4}){1,4}(?![\w-])/;
const PERSON_MAIL = /\b[a-z]{2,}[._][a-z]{2,}@[\w-]+\.[\w.-]+/i;

/** Names and phones belong to runs: a version outlives who holds the role. */
export function personalData({ text }: Checked): readonly Finding[] {
  return linesOf(text).flatMap(({ line, text: one, fenced }): readonly Finding[] => {
    const found = fenced ? null : (PHONE.exec(one) ?? PERSON_MAIL.exec(one));
    if (!found) return [];
    return [
      {
        rule: "personal-data",
        severity: "warning",
        line,
        column: found.index + 1,
        reason: `'${found[0]}' looks like a person's phone or address`,
        hint: "name the role here; names and phones belong to the run",
      },
    ];
  });
}

/** Two items of one list that read the same cannot be told apart; under two bullets, or two paragraphs, they can. */
export function duplicateText({ checklist }: Checked): readonly Finding[] {
  const seen = new Map<List | undefined, Map<string, Item>>();
  const lists = listsOf(checklist.content);
  return outlineOf(checklist).items.flatMap((item): readonly Finding[] => {
    const words = item.text.toLowerCase().replace(/\s+/g, " ");
    const list = seen.get(lists.get(item)) ?? new Map<string, Item>();
    seen.set(lists.get(item), list);
    const before = list.get(words);
    list.set(words, item);
    if (!before || words === "") return [];
    return [
      {
        rule: "duplicate-text",
        severity: "warning",
        line: item.line,
        reason: `the same text stands in line ${before.line} of this list`,
        hint: "say what sets the two apart",
      },
    ];
  });
}

/** The list that each item stands in. */
function listsOf(blocks: readonly Block[], lists = new Map<Item, List>()): ReadonlyMap<Item, List> {
  for (const block of blocks) {
    if (block.type === "section") listsOf(block.section.content, lists);
    else if (block.type === "quote" || block.type === "details") listsOf(block.content, lists);
    else if (block.type === "list")
      for (const entry of block.entries) {
        if (entry.type === "item") lists.set(entry.item, block);
        const inside =
          entry.type === "item"
            ? entry.item.body
            : entry.type === "bullet"
              ? entry.content
              : entry.section.content;
        listsOf(inside, lists);
      }
  }
  return lists;
}

const STATE = /(?:✅|✔️?|❌|☑)\s*$|\b(?:passed|done|works|complete[d]?)\s*(?:✅|✔️?|☑)/iu;

/** A source has no results: no ticks behind items or headings. */
export function prefilledResult({ checklist }: Checked): readonly Finding[] {
  const { items, sections } = outlineOf(checklist);
  const judged = [...items, ...sections].filter(
    ({ role }) => role !== "criteria" && role !== "templates" && role !== "bands",
  );
  return judged
    .filter(({ text }) => STATE.test(text))
    .map(({ line, text }) => ({
      rule: "prefilled-result",
      severity: "warning",
      line,
      reason: `'${text.slice(-20)}' says a result, and a source has none`,
      hint: "take the mark away; the run says what passed",
    }));
}
