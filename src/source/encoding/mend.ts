/** Mends text that was read in the wrong code page: a plan, run by run, that touches nothing else. */
import { applyEdits, composeEdits, type Edit } from "../edits.ts";
import { findMojibake, type Mojibake } from "./mojibake.ts";
import type { Sequence } from "./tokens.ts";

export interface MendPlan {
  /** Fits the text; in order. */
  readonly edits: readonly Edit[];
  /** The page in which it was misread, outermost first; empty for clean text. */
  readonly pages: readonly string[];
}

/** As much of a paragraph as an open quote is looked for in. */
const NEAR = 2000;

/** Broken twice is seen in the wild, thrice hardly. */
const DEEPEST = 4;

/** What to mend. Clean text, in any language, gives no edits. */
export function planMend(text: string): MendPlan {
  const plan = planWith(text, () => true);
  // What was misread twice passes through C1 controls; a mend that ends in them is none.
  return controls(applyEdits(text, plan.edits)) > controls(text)
    ? planWith(text, ({ characters }) => !characters.some((one) => C1.test(one)))
    : plan;
}

const C1 = /[\x80-\x9F]/;

function controls(text: string): number {
  return C1.test(text) ? text.split(C1).length : 0;
}

function planWith(text: string, accepts: (sequence: Sequence) => boolean): MendPlan {
  const passes: (readonly Edit[])[] = [];
  const pages: string[] = [];
  let now = text;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const found = findMojibake(now);
    if (!found) break;
    const edits = mendsOf(now, { ...found, sequences: found.sequences.filter(accepts) });
    if (edits.length === 0) break;
    passes.push(edits);
    pages.push(found.page.name);
    now = applyEdits(now, edits);
  }
  return { edits: composeEdits(text, passes), pages };
}

function mendsOf(text: string, { page, sequences }: Mojibake): readonly Edit[] {
  const edits: Edit[] = [];
  // Only what is near is asked about.
  let made = "";
  let at = 0;
  for (const [index, one] of sequences.entries()) {
    made = (made + text.slice(at, one.start)).slice(-NEAR);
    at = one.end;
    const next = sequences[index + 1];
    const after = next?.start === one.end ? next.characters[0] : text[one.end];
    const mend = mendOf(one, { before: made, after: after ?? "" });
    made += mend.new;
    const last = edits.at(-1);
    // Neighbours that are mended alike are one run.
    if (last?.kind === "encoding" && mend.kind === "encoding" && last.offset + last.old.length === one.start)
      edits[edits.length - 1] = run(last.offset, last.old + mend.old, last.new + mend.new, page.name);
    else edits.push(mend.kind === "encoding" ? run(one.start, mend.old, mend.new, page.name) : mend);
  }
  return edits.filter((edit) => edit.old !== edit.new);
}

function run(offset: number, old: string, made: string, page: string): Edit {
  const why = `'${old}' is '${made}' that was read as ${page}`;
  return { offset, old, new: made, kind: "encoding", why, confidence: "certain" };
}

const LOST = "\uFFFD";

interface Around {
  /** What stands before, mended. */
  readonly before: string;
  /** The next character, mended. */
  readonly after: string;
}

function mendOf(one: Sequence, around: Around): Edit {
  const [only = LOST] = one.characters;
  const edit = { offset: one.start, old: one.source, confidence: "certain" as const, why: "" };
  if (one.whole && only !== LOST) return { ...edit, new: only, kind: "encoding" };
  const certain = one.characters.find((character) => isCertain(character, around));
  if (certain !== undefined && !one.whole) {
    const why = `a byte was lost in '${one.source}'; beside its neighbours it can only be ${name(certain)}`;
    return { ...edit, new: certain, kind: "restored", why };
  }
  const lost = { ...edit, new: LOST, kind: "lost", confidence: "unsure" as const };
  if (one.whole) return { ...lost, why: "this character was lost before the text was misread" };
  const candidates = likeliest(one.characters);
  const list = candidates.map((one) => (/[\p{M}\p{Cf}\p{Z}]/u.test(one) ? name(one) : one)).join(" ");
  return { ...lost, why: `a byte was lost in '${one.source}'; it was one of ${list}`, candidates };
}

/** Emoji first: they are what is met most. */
function likeliest(characters: readonly string[]): readonly string[] {
  const isEmoji = (one: string): boolean => /^\p{Emoji_Presentation}$/u.test(one);
  return [...characters.filter(isEmoji), ...characters.filter((one) => !isEmoji(one))];
}

function name(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Only where what stands around it leaves no choice. */
function isCertain(character: string, { before, after }: Around): boolean {
  const last = [...before.slice(-2)].at(-1) ?? "";
  // A variation selector stands behind a character that has an emoji form, or in a keycap.
  if (character === "\uFE0F")
    return /^[0-9#*]$/.test(last) ? after === "\u20E3" : /^\p{Emoji}$/u.test(last) && !/^[0-9#*]$/.test(last);
  // A joiner makes one known picture of its neighbours.
  if (character === "\u200D") return /^\p{RGI_Emoji}$/v.test(`${last}\u200D${after}`);
  // A closing quote closes one that is open in the same paragraph.
  if (character === "”") return closesQuote(before, last, after);
  return false;
}

function closesQuote(before: string, last: string, after: string): boolean {
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  const open = [...paragraph].reduce((count, one) => (one === "“" ? count + 1 : one === "”" ? 0 : count), 0);
  return open === 1 && /\S/.test(last) && !/^[\p{L}\p{N}]$/u.test(after);
}
