/** The cures that are safe to apply unseen: a plan for one draft, decided before anything is written. */
import type { RuleName } from "../model/rulebook.ts";
import type { KnownExample } from "../model/site.schema.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { planMend } from "./encoding/mend.ts";
import { parseFrontmatter } from "./frontmatter.ts";
import { parseChecklist, type SourceText } from "./parse.ts";
import { planPin } from "./pin.ts";
import { findSecrets } from "./secrets.ts";

export interface Fix {
  readonly rule: RuleName;
  /** From 1, in the file as it is before the fixes. */
  readonly line: number;
  /** What is written, in words. */
  readonly what: string;
}

export interface FixPlan {
  readonly file: string;
  /** The whole file as it would be. */
  readonly text: string;
  readonly fixes: readonly Fix[];
  /** What has a cure that is not applied here, and why. */
  readonly left: readonly string[];
}

/**
 * Versions in quotes, characters that went through a wrong code page, ids. Of damaged text only what is certain is
 * mended. Null where there is nothing to do. The caller keeps it away from versions that the lock knows.
 */
export function planFix(source: SourceText, known: readonly KnownExample[]): FixPlan | null {
  const quoted = quoteVersions(source.text);
  const mended = mend(quoted.text);
  const pinned = pin({ ...source, text: mended.text }, known);
  const fixes = [...quoted.fixes, ...mended.fixes, ...pinned.fixes].sort((a, b) => a.line - b.line);
  if (fixes.length === 0 && pinned.left.length === 0) return null;
  return { file: source.file, text: pinned.text, fixes, left: pinned.left };
}

interface Step {
  readonly text: string;
  readonly fixes: readonly Fix[];
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\n|\r/).length;

/** A version that YAML reads as a number would lose its zeros: 1.10 is 1.1. What was written is put in quotes. */
function quoteVersions(text: string): Step {
  const faults = (of: string): readonly number[] =>
    parseFrontmatter(of.replace(/^\uFEFF/, ""))
      .complaints.filter(({ reason }) => /^(?:[\w.]+\.)?version must be text, got the number/.test(reason))
      .map(({ line }) => line);
  let now = text;
  const fixes: Fix[] = [];
  for (const line of faults(text)) {
    const start = startOfLine(now, line);
    const number = /(?<=\bversion["']?[ \t]*:[ \t]+)[-+]?\d[\w.+-]*(?=[ \t]*(?:[,}#\r\n]|$))/g;
    number.lastIndex = start;
    const found = number.exec(now);
    if (!found || lineAt(now, found.index) !== line) continue;
    const [written] = found;
    const edit: Edit = {
      offset: found.index,
      old: written,
      new: `"${written}"`,
      kind: "quote",
      why: `version: "${written}"`,
      confidence: "certain",
    };
    const next = applyEdits(now, [edit]);
    if (faults(next).length >= faults(now).length) continue;
    now = next;
    fixes.push({ rule: "frontmatter", line, what: edit.why });
  }
  return { text: now, fixes };
}

function startOfLine(text: string, line: number): number {
  const ends = /\r\n|\n|\r/g;
  for (let count = 1; count < line; count += 1) if (ends.exec(text) === null) return text.length;
  return ends.lastIndex;
}

function mend(text: string): Step {
  const edits = planMend(text).edits.filter(({ confidence }) => confidence === "certain");
  const fixes = edits.map(({ offset, why }) => ({
    rule: "mojibake" as const,
    line: lineAt(text, offset),
    what: why,
  }));
  return { text: applyEdits(text, edits), fixes };
}

function pin(source: SourceText, known: readonly KnownExample[]): Step & Pick<FixPlan, "left"> {
  const nothing = { text: source.text, fixes: [] };
  const { checklist, pins } = parseChecklist(source);
  if (!checklist || pins.length === 0) return { ...nothing, left: [] };
  const [secret] = findSecrets(source.text, known);
  if (secret)
    return {
      ...nothing,
      left: [
        `ids are not written while a secret stands in line ${secret.line}: they are made from the text, and stay`,
      ],
    };
  const plan = planPin(source, pins);
  if ("error" in plan) return { ...nothing, left: [plan.error] };
  return {
    text: plan.text,
    left: [],
    fixes: pins.map(({ kind, id, line }) => ({ rule: "unpinned-item", line, what: `${kind} ${id}` })),
  };
}
