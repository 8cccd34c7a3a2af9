/** Line ends and control characters: what an editor does not show and a parser stumbles over. */
import type { Edit } from "../edits.ts";
import { eolOf, type Note, type Step } from "./draft.ts";

/**
 * A lone CR ends a line in Markdown, and in nothing else. It becomes the line end of the file: the same lines for
 * everybody. Old Mac files, with nothing but CRs, become files with LF.
 */
export function mendNewlines(text: string): Step {
  const lone = [...text.matchAll(/\r(?!\n)/g)].map(({ index }) => index);
  const eol = text.includes("\n") ? eolOf(text) : "\n";
  const edits = lone.map(
    (offset): Edit => ({
      offset,
      old: "\r",
      new: eol,
      kind: "line-end",
      why: "a CR alone ends this line; it is a line end like the others now",
      confidence: "certain",
    }),
  );
  const torn = lone.filter((offset) => isTorn(text, offset));
  const notes = [
    ...torn.map(
      (offset): Note => ({
        offset,
        kind: "line-end",
        text: `a CR alone tears this line before '${text.slice(offset + 1, offset + 13).split(/\s/)[0] ?? ""}': perhaps "\`r" of PowerShell, so that an 'r' is missing`,
        doubt: true,
      }),
    ),
    ...controlsOf(text),
  ];
  return { edits, notes };
}

/** More of them are no accident, and need not be told one by one. */
const MOST = 50;

/** In a file that has proper line ends, in the middle of a sentence. */
function isTorn(text: string, offset: number): boolean {
  return text.includes("\n") && /^\p{Ll}/u.test(text.slice(offset + 1, offset + 2));
}

/** What PowerShell and other languages make of a backslash or back-tick and a letter. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\u0007": "a",
  "\b": "b",
  "\f": "f",
  "\v": "v",
  "\u001B": "e",
};

function controlsOf(text: string): readonly Note[] {
  return text
    .matchAll(/(?![\t\n\r])\p{Cc}/gu)
    .take(MOST)
    .map(({ 0: one, index }) => {
      const code = one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      const letter = ESCAPES[one];
      const perhaps = letter ? `; perhaps an escaped '${letter}' was meant` : "";
      return {
        offset: index,
        kind: "control",
        text: `U+${code} is a control character, kept as it is${perhaps}`,
        doubt: true,
      };
    })
    .toArray();
}
