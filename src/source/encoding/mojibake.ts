/** Text that was UTF-8, was read in an 8-bit code page and saved again: which page it was, and which stretches. */
import { isNatural, type Neighbours } from "./natural.ts";
import { type CodePage, codePages } from "./pages.ts";
import { type Reading, readAs, type Sequence } from "./tokens.ts";

export interface Mojibake {
  readonly page: CodePage;
  /** In order; broken ones too. */
  readonly sequences: readonly Sequence[];
  /** Nothing beyond ASCII is left unexplained: then what reads as clean by accident was broken as well. */
  readonly throughout: boolean;
}

/**
 * What of the text is broken, and through which page: one page a file, the one that explains most. Null for clean
 * text. In a text that is clean elsewhere only stretches count that cannot have been meant as they stand.
 */
export function findMojibake(text: string): Mojibake | null {
  // Without two neighbours beyond ASCII there is nothing to look for.
  if (!/[\u0080-\uD7FF\uE000-\uFFFF]{2}/.test(text)) return null;
  let best: { readonly found: Mojibake; readonly others: number } | null = null;
  for (const page of codePages) {
    const judged = judge(text, page, readAs(text, page));
    if (!judged) continue;
    const better =
      !best ||
      judged.others < best.others ||
      (judged.others === best.others && judged.found.sequences.length > best.found.sequences.length);
    if (better) best = judged;
  }
  return best?.found ?? null;
}

function judge(
  text: string,
  page: CodePage,
  { sequences, others }: Reading,
): { readonly found: Mojibake; readonly others: number } | null {
  const inFence = fencesOf(text, sequences);
  const strong = new Set(
    sequences.filter((one, at) => !isNatural(one.source, neighbours(text, one, inFence[at] ?? false), page)),
  );
  const evident = new Set(sequences.filter((one, at) => strong.has(one) && isPlausible(at, sequences)));
  if (![...evident].some(isEvidence)) return null;
  const clean = others.length + sequences.filter((one) => !one.whole && !strong.has(one)).length;
  const throughout = clean === 0;
  const kept = throughout ? sequences : sequences.filter((one) => evident.has(one));
  const unexplained = clean + (throughout ? 0 : sequences.length - kept.length);
  return { found: { page, sequences: kept, throughout }, others: unexplained };
}

/** A C1 control is at best half-way to a character. */
function isEvidence({ whole, characters }: Sequence): boolean {
  return whole && !characters.some((one) => /[\x80-\x9F]/.test(one));
}

/** How far a code span is looked for. */
const NEAR = 200;

function neighbours(text: string, { start, end }: Sequence, inFence: boolean): Neighbours {
  const before = text.slice(Math.max(0, start - NEAR), start);
  const after = text.slice(end, end + NEAR);
  const ticks = before.slice(before.lastIndexOf("\n") + 1).split("`").length - 1;
  const inCode = inFence || (ticks % 2 === 1 && (after.split("\n", 1)[0] ?? "").includes("`"));
  return { before: text[start - 1] ?? "", after: text[end] ?? "", inCode };
}

/** Which of the sequences stand in a code fence: what is broken there may be an example. */
function fencesOf(text: string, sequences: readonly Sequence[]): readonly boolean[] {
  if (sequences.length === 0) return [];
  const marks = [...text.matchAll(/^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})/gm)];
  let next = 0;
  let open: string | null = null;
  return sequences.map(({ start }) => {
    for (let mark = marks[next]; mark && mark.index < start; mark = marks[next]) {
      const sign = mark[1] ?? "";
      if (open === null) open = sign;
      else if (sign.startsWith(open)) open = null;
      next += 1;
    }
    return open !== null;
  });
}

const AT_HOME = /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
/** Letters that hardly anybody writes: what accidents of Latin text decode to. */
const RARE = /[\u0180-\u02AF]/u;

/** A letter of another script does not come alone: there is a second one beside it. */
function isPlausible(at: number, all: readonly Sequence[]): boolean {
  const one = all[at];
  if (one?.characters.some((character) => AT_HOME.test(character) && !RARE.test(character))) return true;
  return all[at - 1]?.end === one?.start || all[at + 1]?.start === one?.end;
}
